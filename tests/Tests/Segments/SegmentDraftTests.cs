using Marketing.Api;
using Xunit;

namespace Marketing.Segments;

/// <summary>Segments that are made while a distribution is written.</summary>
[Collection(ApiTests.Name)]
public sealed class SegmentDraftTests(ApiHost api)
{
    private const string Automatic = """
        "type":"automatic","action":{"type":"plain_message"},"channels":[{"type":"email","template":{"subject":"Hi","text":"Hello"}}]
        """;

    [Fact]
    public async Task It_goes_on_by_itself_when_the_distribution_is_activated()
    {
        using var shop = await api.NewProjectAsync();
        var distribution = await shop.NewDistributionAsync();
        var (kept, other) = (await DraftAsync(shop, "Kept", distribution), await DraftAsync(shop, "Other", distribution));
        Assert.Equal(distribution, (await shop.GetAsync($"/v1/segments/{kept}"))["draft_of"]);
        Assert.Equal(0, (await shop.GetAsync("/v1/segments")).Ok().GetProperty("total").GetInt32());
        Assert.Equal([other, kept], Shape.Texts((await shop.GetAsync($"/v1/segments?draft_of={distribution}")).Ok().GetProperty("data"), "id"));

        (await shop.PutAsync($"/v1/distributions/{distribution}", $$$"""{"name":"A",{{{Automatic}}},"trigger":{"type":"customer.segment.entered","segment_id":"{{{kept}}}"}}""")).Ok();
        (await shop.PostAsync($"/v1/distributions/{distribution}/activate")).Ok();
        Assert.False((await shop.GetAsync($"/v1/segments/{kept}")).Ok().TryGetProperty("draft_of", out _));
        Assert.Equal([kept], Shape.Texts((await shop.GetAsync("/v1/segments")).Ok().GetProperty("data"), "id"));
        (await shop.GetAsync($"/v1/segments/{other}")).Error(404, "not_found");
    }

    [Fact]
    public async Task It_goes_with_the_draft()
    {
        using var shop = await api.NewProjectAsync();
        var distribution = await shop.NewDistributionAsync();
        var segment = await DraftAsync(shop, "Mine", distribution);
        var own = await shop.NewSegmentAsync("Own");
        (await shop.DeleteAsync($"/v1/distributions/{distribution}")).Ok(204);
        (await shop.GetAsync($"/v1/segments/{segment}")).Error(404, "not_found");
        (await shop.GetAsync($"/v1/segments/{own}")).Ok();
    }

    [Fact]
    public async Task A_copy_of_the_distribution_keeps_it()
    {
        using var shop = await api.NewProjectAsync();
        var distribution = await shop.NewDistributionAsync();
        var segment = await DraftAsync(shop, "Both", distribution);
        (await shop.PutAsync($"/v1/distributions/{distribution}", $$$"""{"name":"B",{{{Automatic}}},"trigger":{"type":"customer.segment.entered","segment_id":"{{{segment}}}"}}""")).Ok();
        var copy = (await shop.PostAsync($"/v1/distributions/{distribution}/duplicate"))["id"];
        (await shop.DeleteAsync($"/v1/distributions/{distribution}")).Ok(204);
        Assert.Equal("live", (await shop.PostAsync($"/v1/distributions/{copy}/activate"))["status"]);
    }

    [Fact]
    public async Task It_belongs_to_a_draft_that_there_is()
    {
        using var shop = await api.NewProjectAsync();
        using var other = await api.NewProjectAsync();
        var theirs = await other.NewDistributionAsync();
        foreach (var draft in new[] { "distr_none", "x", theirs })
        {
            (await shop.PostAsync("/v1/segments", Body("X", draft))).Error(400, "invalid_payload");
        }
    }

    [Fact]
    public async Task Whoever_has_not_seen_the_last_change_is_told()
    {
        using var shop = await api.NewProjectAsync();
        var created = await shop.PostAsync("/v1/segments", """{"name":"A","type":"passive","filter":{"email":{"conditions":{"$has_value":true}}}}""");
        Assert.Equal("\"1\"", created.Header("ETag"));
        var path = $"/v1/segments/{created["id"]}";
        Task<Answer> RenameAsync(string name, string match) => shop.SendAsync("PUT", path, $$"""{"name":"{{name}}"}""", ("If-Match", match));
        Assert.Equal(2, (await RenameAsync("B", "\"1\"")).Ok().GetProperty("version").GetInt32());
        Assert.Equal("\"2\"", (await RenameAsync("C", "\"1\"")).Header("ETag"));
        (await RenameAsync("C", "\"1\"")).Error(412, "version_changed");
        Assert.Equal(2, (await RenameAsync("B", "\"1\"")).Ok().GetProperty("version").GetInt32());
        Assert.Equal("B", (await shop.GetAsync(path))["name"]);
    }

    private static async Task<string> DraftAsync(ProjectClient shop, string name, string distribution) => (await shop.PostAsync("/v1/segments", Body(name, distribution))).Ok().GetProperty("id").GetString()!;

    private static string Body(string name, string distribution) =>
        $$$"""{"name":"{{{name}}}","type":"passive","draft_of":"{{{distribution}}}","filter":{"email":{"conditions":{"$has_value":true} } } }""";
}
