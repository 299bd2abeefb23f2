using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Distributions;

/// <summary>What a table of distributions is made of.</summary>
[Collection(ApiTests.Name)]
public sealed class DistributionListTests(ApiHost api)
{
    [Fact]
    public async Task A_row_has_all_but_the_templates_and_the_name_of_its_segment()
    {
        using var shop = await api.NewProjectAsync();
        var segment = await shop.NewSegmentAsync("Readers");
        var id = await shop.NewDistributionAsync($$$"""
            {"name":"Letter","type":"automatic","trigger":{"type":"customer.segment.entered","segment_id":"{{{segment}}}"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","html":"<p>A long mail</p>"}}],"ends_at":"2030-01-01"}
            """);
        var list = (await shop.GetAsync("/v1/distributions?fields=summary")).Ok();
        Assert.DoesNotContain("A long mail", list.GetRawText(), StringComparison.Ordinal);
        var row = Assert.Single(Shape.List(list, "distributions", "total has_more").EnumerateArray());
        Shape.Is(row, "id object name version type status trigger action channels segment ends_at created_at messages progress");
        Assert.Equal((id, 1, """[{"type":"email"}]"""), (row.GetProperty("id").GetString(), row.GetProperty("version").GetInt32(), row.GetProperty("channels").GetRawText()));
        Assert.Equal(("Readers", segment), (row.GetProperty("segment").GetProperty("name").GetString(), row.GetProperty("segment").GetProperty("id").GetString()));
        Assert.Equal("""{"sent":0,"failed":0,"skipped":0,"pending":0,"total":0}""", row.GetProperty("progress").GetRawText());
        Assert.Contains("A long mail", (await shop.GetAsync("/v1/distributions")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_sent_is_counted_in_the_row()
    {
        using var shop = await api.NewProjectAsync();
        var id = await shop.NewDistributionAsync("""
            {"name":"Visits","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"visit"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","text":"Hello"}}]}
            """);
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        await shop.PostAsync("/v1/events", """{"event":"visit","customer":{"source_id":"s","email":"a@example.com"}}""");
        await shop.PostAsync("/v1/events", """{"event":"visit","customer":{"source_id":"t"}}""");
        static string Progress(JsonElement list) => list.GetProperty("distributions")[0].GetProperty("progress").GetRawText();
        var sent = await shop.UntilAsync("/v1/distributions?fields=summary", list => !Progress(list).Contains("\"pending\":1", StringComparison.Ordinal) && Progress(list).Contains("\"sent\":1", StringComparison.Ordinal));
        Assert.Equal("""{"sent":1,"failed":0,"skipped":1,"pending":0,"total":2}""", Progress(sent));
        Assert.Equal("live", sent.GetProperty("distributions")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task It_is_read_on_after_a_row_and_found_by_the_kind_of_trigger()
    {
        using var shop = await api.NewProjectAsync();
        var first = await shop.NewDistributionAsync("""{"name":"C","type":"manual"}""");
        var second = await shop.NewDistributionAsync("""{"name":"A","trigger":{"type":"customer.order.paid"}}""");
        var third = await shop.NewDistributionAsync("""{"name":"B","trigger":{"type":"customer.order.created"}}""");
        async Task<string?> ShowsAsync(string query, params string[] ids)
        {
            var list = (await shop.GetAsync($"/v1/distributions?{query}")).Ok();
            Assert.Equal(ids, Shape.Texts(list.GetProperty("distributions"), "id"));
            return list.TryGetProperty("more_starting_after", out var after) ? after.GetString() : null;
        }

        var after = await ShowsAsync("fields=summary&limit=2&order=name", second, third);
        Assert.Equal(third, after);
        Assert.Null(await ShowsAsync($"fields=summary&limit=2&order=name&starting_after_id={after}", first));
        await ShowsAsync("subject=Cart related activity", third, second);
        await ShowsAsync("subject=Manual message&fields=summary", first);
        await ShowsAsync("starting_after_id=distr_unknown");
        (await shop.GetAsync("/v1/distributions?fields=all")).Error(400, "invalid_query_params");
        (await shop.GetAsync("/v1/distributions?subject=Weather")).Error(400, "invalid_query_params");
    }
}
