using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Distributions;

/// <summary>Figures as a chart needs them.</summary>
[Collection(ApiTests.Name)]
public sealed class AnalyticsApiTests(ApiHost api)
{
    [Fact]
    public async Task Every_day_of_the_range_is_there_in_the_zone_of_the_project()
    {
        using var shop = await api.NewProjectAsync(settings => settings with { TimeZone = "Europe/Warsaw" });
        var id = await shop.NewDistributionAsync("""
            {"name":"Visits","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"visit"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","text":"Hello"}},{"type":"webhook","template":{"event_name":"n","target_url":"https://example.com/h"}}]}
            """);
        async Task<JsonElement> SeriesAsync(string query) => (await shop.GetAsync($"/v1/distributions/{id}/analytics?{query}")).Ok();
        var week = await SeriesAsync("fill=true&start_date=2026-03-27T12:00:00Z&end_date=2026-03-30T12:00:00Z");
        Assert.Equal(("Europe/Warsaw", "day"), (week.GetProperty("zone").GetString(), week.GetProperty("interval").GetString()));
        Assert.Equal(
            ["2026-03-26T23:00:00.000Z", "2026-03-27T23:00:00.000Z", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
            Shape.Texts(week.GetProperty("series"), "at").Distinct());
        Assert.Equal(8, week.GetProperty("series").GetArrayLength());

        var utc = await SeriesAsync("fill=true&zone=UTC&interval=hour&start_date=2026-03-27T12:30:00Z&end_date=2026-03-27T14:00:00Z");
        Assert.Equal(["2026-03-27T12:00:00.000Z", "2026-03-27T13:00:00.000Z", "2026-03-27T14:00:00.000Z"], Shape.Texts(utc.GetProperty("series"), "at").Distinct());
        Assert.Empty((await SeriesAsync("start_date=2026-03-27")).GetProperty("series").EnumerateArray());
        Assert.Equal(2, (await SeriesAsync("fill=true")).GetProperty("series").GetArrayLength());
        foreach (var wrong in new[] { "zone=Mars/Olympus", "zone=../etc/passwd", "fill=maybe", "fill=true&interval=hour&start_date=2020-01-01" })
        {
            (await shop.GetAsync($"/v1/distributions/{id}/analytics?{wrong}")).Error(400, "invalid_query_params");
        }
    }
}
