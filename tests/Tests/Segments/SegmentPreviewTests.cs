using Marketing.Api;
using Xunit;

namespace Marketing.Segments;

/// <summary>Whom a filter has before there is a segment of it.</summary>
[Collection(ApiTests.Name)]
public sealed class SegmentPreviewTests(ApiHost api)
{
    [Fact]
    public async Task It_counts_all_and_shows_ten()
    {
        using var shop = await api.NewProjectAsync();
        for (var i = 0; i < 12; i++)
        {
            await shop.NewCustomerAsync($$"""{"source_id":"s-{{i}}","name":"N{{i}}","email":"{{i}}@example.com","metadata":{"plan":"gold"} }""");
        }

        await shop.NewCustomerAsync("""{"source_id":"other","metadata":{"plan":"silver"}}""");
        var preview = (await shop.PostAsync("/v1/segments/preview", """{"filter":{"metadata.plan":{"conditions":{"$is":["gold"]}}}}""")).Ok();
        Shape.Is(preview, "object count exact checked total customers");
        Assert.Equal((12, true, 13, 13), (preview.GetProperty("count").GetInt32(), preview.GetProperty("exact").GetBoolean(), preview.GetProperty("checked").GetInt32(), preview.GetProperty("total").GetInt32()));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"s-{i}"), Shape.Texts(preview.GetProperty("customers"), "source_id"));
        Shape.Is(preview.GetProperty("customers")[0], "id source_id name email created_at");
        Assert.Equal(0, (await shop.GetAsync("/v1/segments")).Ok().GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_is_wrong_with_the_filter_is_named()
    {
        using var shop = await api.NewProjectAsync();
        var error = (await shop.PostAsync("/v1/segments/preview", """{"filter":{"emial":{"conditions":{"$has_value":true}},"name":{"conditions":{"$more_than":[1]}}}}""")).Error(400, "invalid_payload");
        Assert.Equal(["filter.emial", "filter.name.conditions.$more_than"], Shape.Texts(error.GetProperty("problems"), "field"));
        (await shop.PostAsync("/v1/segments/preview", "{}")).Error(400, "invalid_payload");
    }
}
