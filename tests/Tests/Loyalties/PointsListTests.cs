using System.Text.Json;
using Marketing.Api;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>Changes of points and points that wait, as they are read on from page to page.</summary>
[Collection(ApiTests.Name)]
public sealed class PointsListTests(ApiHost api)
{
    [Fact]
    public async Task Changes_are_read_in_both_directions_and_by_filters()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        var (ann, bob) = (await loyalty.JoinAsync("ann"), await loyalty.JoinAsync("bob"));
        for (var points = 1; points <= 7; points++)
        {
            (await loyalty.ChangeAsync(points % 3 == 0 ? bob : ann, points, $$$""","source_id":"s-{{{points}}}" """)).Ok();
        }

        (await loyalty.ChangeAsync(ann, -1)).Ok();
        foreach (var (path, changes) in new[] { ($"/v1/loyalties/members/{ann}/transactions", "-1 7 5 4 2 1"), ($"/v1/loyalties/Friends/members/{bob}/transactions", "6 3"), ("/v1/loyalties/Friends/transactions", "-1 7 6 5 4 3 2 1") })
        {
            var list = new Cursor(shop, path);
            Assert.Equal(changes, await list.ShownAsync("limit=2"));
            Assert.Equal(changes, await list.ShownAsync("limit=3&order=-id"));
            Assert.Equal(string.Join(' ', changes.Split(' ').Reverse()), await list.ShownAsync("limit=2&order=id"));
            Assert.Equal(changes.Contains('7', StringComparison.Ordinal) ? "7" : "", await list.ShownAsync("limit=2&filters[source_id][conditions][$is][0]=s-7"));
            (await shop.GetAsync($"{path}?order=points")).Error(400, "invalid_query_params");
            (await shop.GetAsync($"{path}?filters[colour][conditions][$is][0]=red")).Error(400, "invalid_query_params");
        }

        var all = new Cursor(shop, "/v1/loyalties/Friends/transactions");
        Assert.Equal("1 2 4 5 7", await all.ShownAsync($"limit=1&order=id&filters[type][conditions][$is][0]=POINTS_ADDITION&filters[voucher_id][conditions][$is][0]={await IdAsync(shop, ann)}"));
        Assert.Equal("-1", await all.ShownAsync("filters[type][conditions][$is_not][0]=POINTS_ADDITION"));
        Assert.Equal("", await all.ShownAsync("filters[created_at][conditions][$before][0]=2020-01-01"));
    }

    [Fact]
    public async Task Points_that_wait_are_read_in_both_directions_while_some_of_them_are_activated()
    {
        using var shop = await api.NewProjectAsync();
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync();
        await loyalty.RuleAsync("""{"event":"order.paid","loyalty":{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":100,"points":1}}},"pending_points":{"period_type":"DAY","period_value":3}}""");
        var card = await loyalty.JoinAsync("ann");
        for (var order = 1; order <= 5; order++)
        {
            await loyalty.PayAsync("ann", $"o-{order}", order * 100);
        }

        foreach (var (path, byDefault) in new[] { ($"/v1/loyalties/members/{card}/pending-points", "1 2 3 4 5"), ($"/v1/loyalties/Friends/members/{card}/pending-points", "1 2 3 4 5"), ("/v1/loyalties/Friends/pending-points", "5 4 3 2 1") })
        {
            var list = new Cursor(shop, path);
            Assert.Equal(byDefault, await list.ShownAsync("limit=2"));
            Assert.Equal("1 2 3 4 5", await list.ShownAsync("limit=2&order=id"));
            Assert.Equal("5 4 3 2 1", await list.ShownAsync("limit=1&order=-id"));
            (await shop.GetAsync($"{path}?order=points")).Error(400, "invalid_query_params");
        }

        foreach (var (path, order, left) in new[] { ($"/v1/loyalties/members/{card}/pending-points", "id", "3 4 5"), ("/v1/loyalties/Friends/pending-points", "-id", "3 2 1") })
        {
            // The last one that was read waits no more when it is gone on from there.
            var page = (await shop.GetAsync($"{path}?limit=2&order={order}")).Ok();
            var last = page.GetProperty("more_starting_after").GetString()!;
            Assert.Equal(left.Replace(order == "id" ? "5" : "1", "", StringComparison.Ordinal).Trim(), await new Cursor(shop, path).ShownAsync($"limit=2&order={order}&starting_after_id={last}", most: 1));
            if (order == "-id")
            {
                (await shop.PostAsync($"/v1/loyalties/members/{card}/pending-points/{last}/activate")).Ok();
                Assert.Equal(left, await new Cursor(shop, path).ShownAsync($"limit=100&order={order}&starting_after_id={last}"));
            }
        }
    }

    private static async Task<string> IdAsync(ProjectClient shop, string card) => (await shop.GetAsync($"/v1/loyalties/members/{card}")).Ok().GetProperty("id").GetString()!;

    private sealed class Cursor(ProjectClient shop, string path)
    {
        public async Task<string> ShownAsync(string query, int most = 20)
        {
            var seen = new List<long>();
            var after = "";
            for (var pages = 0; pages < most; pages++)
            {
                var page = (await shop.GetAsync($"{path}?{query}{after}")).Ok();
                seen.AddRange(page.GetProperty("data").EnumerateArray().Select(PointsOf));
                if (!page.GetProperty("has_more").GetBoolean())
                {
                    break;
                }

                after = $"&starting_after_id={page.GetProperty("more_starting_after").GetString()}";
            }

            return string.Join(' ', seen);
        }

        private static long PointsOf(JsonElement entry) => entry.GetProperty("details").TryGetProperty("balance", out var balance) ? balance.GetProperty("points").GetInt64() : entry.GetProperty("points").GetInt64();
    }
}
