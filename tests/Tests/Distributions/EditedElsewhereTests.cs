using Marketing.Api;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Two people edit one distribution.</summary>
[Collection(ApiTests.Name)]
public sealed class EditedElsewhereTests(ApiHost api)
{
    [Fact]
    public async Task Whoever_has_not_seen_the_last_edit_is_told_and_overwrites_nothing()
    {
        using var shop = await api.NewProjectAsync();
        var created = await shop.PostAsync("/v1/distributions", """{"name":"Draft"}""");
        Assert.Equal("\"1\"", created.Header("ETag"));
        var path = $"/v1/distributions/{created["id"]}";
        Task<Answer> EditAsync(string name, string match) => shop.SendAsync("PUT", path, $$"""{"name":"{{name}}"}""", ("If-Match", match));

        var mine = await EditAsync("Mine", "\"1\"");
        Assert.Equal((2, "\"2\""), (mine.Ok().GetProperty("version").GetInt32(), mine.Header("ETag")));

        var theirs = await EditAsync("Theirs", "\"1\"");
        Shape.Has(theirs.Error(412, "version_changed"), "details resource_id resource_type");
        Assert.Equal("\"2\"", theirs.Header("ETag"));
        var read = await shop.GetAsync(path);
        Assert.Equal(("Mine", "\"2\""), (read["name"], read.Header("ETag")));

        // The answer was lost, and the same is sent again.
        Assert.Equal(2, (await EditAsync("Mine", "\"1\"")).Ok().GetProperty("version").GetInt32());
        Assert.Equal(3, (await EditAsync("Any", "*")).Ok().GetProperty("version").GetInt32());
        Assert.Equal(4, (await shop.PutAsync(path, """{"name":"Without"}""")).Ok().GetProperty("version").GetInt32());
        Assert.Equal(5, (await EditAsync("Weak", "W/\"4\"")).Ok().GetProperty("version").GetInt32());
        Assert.Equal(412, (await EditAsync("Other", "\"abc\"")).Status);
        (await EditAsync("Other", "5")).Error(400, "invalid_if_match");
        (await shop.SendAsync("PUT", "/v1/distributions/distr_none", "{}", ("If-Match", "\"1\""))).Error(404, "not_found");
    }

    [Fact]
    public async Task What_the_engine_does_is_no_new_version()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync("""
            {"name":"Visits","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"visit"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","text":"Hello"}}]}
            """);
        Assert.Equal("\"1\"", (await shop.PostAsync($"/v1/distributions/{id}/activate")).Header("ETag"));
        Assert.Equal(1, (await shop.PostAsync($"/v1/distributions/{id}/pause")).Ok().GetProperty("version").GetInt32());
    }
}
