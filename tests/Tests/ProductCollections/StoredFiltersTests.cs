using Marketing.Api;
using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.ProductCollections;

[Collection(ApiTests.Name)]
public sealed class StoredFiltersTests(ApiHost api)
{
    [Fact]
    public async Task A_filter_that_is_not_understood_any_more_holds_nothing_until_it_is_changed()
    {
        using var shop = await api.NewProjectAsync();
        (await shop.PostAsync("/v1/products", """{"id":"pear","price":7000}""")).Ok();
        var path = $"/v1/product-collections/{(await shop.PostAsync("/v1/product-collections", Samples.Collection))["id"]}";
        Assert.Equal(1, (await shop.GetAsync($"{path}/products")).Ok().GetProperty("total").GetInt32());

        // As an upgrade would find it.
        var services = api.Services;
        var row = await services.GetRequiredService<ITableStore<ProductCollectionRow>>().FindAsync(shop.Project.Number, path.Split('/')[^1]);
        var commit = new Commit { Project = shop.Project.Number };
        commit.Rows.Add(ProductCollectionTable.Collections.Save(row! with { Content = RawJson.Parse("""{"junction":"and","gone":{"conditions":{"$is":1}}}""") }));
        Assert.True((await services.GetRequiredService<ICommitter>().CommitAsync(commit)).IsDurable);
        await services.GetRequiredService<Catalogues>().ChangedAsync(shop.Project.Number);

        Assert.Equal(0, (await shop.GetAsync($"{path}/products")).Ok().GetProperty("total").GetInt32());
        Assert.Contains("gone", (await shop.GetAsync(path)).Text, StringComparison.Ordinal);
        (await shop.PutAsync(path, Samples.CollectionChange)).Ok();
        Assert.Equal(1, (await shop.GetAsync($"{path}/products")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Days_of_a_filter_are_those_of_the_projects_time_zone_also_of_a_new_one()
    {
        // Noon of the first in UTC is early on the second there.
        using var shop = await api.NewProjectAsync(settings => settings with { TimeZone = "Pacific/Kiritimati" });
        using var operators = api.Management();
        var catalogues = api.Services.GetRequiredService<Catalogues>();
        (await shop.PostAsync("/v1/product-collections", """{"name":"Of the day","type":"AUTO_UPDATE","filter":{"junction":"and","created_at":{"conditions":{"$is":"2026-05-02"}}}}""")).Ok();
        var item = new CollectionItem { IsSku = false, CreatedAt = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero) };
        Assert.Single((await catalogues.GetAsync(shop.Project.Number)).ProductCollections.CollectionsOf(item, null, item.CreatedAt.Value));
        (await operators.PutAsync($"/management/v1/projects/{shop.Project.Id}", """{"timezone":"UTC"}""")).Ok();
        Assert.Empty((await catalogues.GetAsync(shop.Project.Number)).ProductCollections.CollectionsOf(item, null, item.CreatedAt.Value));
    }
}
