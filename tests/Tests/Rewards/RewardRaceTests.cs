using System.Net.Http.Json;
using System.Text.Json;
using Marketing.Clusters;
using Marketing.Storage;
using Marketing.Testing;
using Xunit;

namespace Marketing.Rewards;

/// <summary>Points, stock and codes are exact however many ask at once, on either engine.</summary>
[Collection(OneAtATime.Name)]
public sealed class RewardRaceTests : IAsyncLifetime
{
    private const int Callers = 64;

    private static readonly Dictionary<string, string> Settings = new() { ["Logging:LogLevel:Default"] = "Warning" };

    private EngineProcess? _embedded;
    private EngineCluster? _cluster;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await (_embedded?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Of_many_who_redeem_as_many_succeed_as_there_are_points_stock_and_codes(string engine)
    {
        var shop = new Caller(await StartAsync(engine));
        await shop.OkAsync("POST", "/v1/loyalties", """{"name":"Friends","type":"AUTO_UPDATE","join_once":true,"voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":0}}}""");
        var product = Text(await shop.OkAsync("POST", "/v1/products", """{"source_id":"mug"}"""), "id");
        await shop.OkAsync("POST", "/v1/campaigns", """{"name":"Coupons","vouchers_count":9,"voucher":{"discount":{"type":"PERCENT","percent_off":10}}}""");

        // Another silo hears of the campaign a moment later.
        await Wait.UntilAsync(
            async () => await shop.SendAsync("GET", "/v1/campaigns/Coupons", null) is (200, var made) && Text(made, "creation_status") == "DONE", TimeSpan.FromSeconds(30), static () => "The codes are not made");
        var mug = Text(await shop.OkAsync("POST", "/v1/rewards", $$$"""{"parameters":{"product":{"id":"{{{product}}}"} },"stock":7}"""), "id");
        var coupon = Text(await shop.OkAsync("POST", "/v1/rewards", """{"parameters":{"campaign":{"id":"Coupons"}}}"""), "id");
        var rare = Text(await shop.OkAsync("POST", "/v1/rewards", $$$"""{"parameters":{"product":{"id":"{{{product}}}"} },"stock":1000}"""), "id");
        foreach (var (reward, cost) in new[] { (mug, 10), (coupon, 3), (rare, 40) })
        {
            await shop.OkAsync("POST", $"/v1/rewards/{reward}/assignments", $$$"""{"campaign":"Friends","parameters":{"loyalty":{"points":{{{cost}}}} } }""");
        }

        // One card for which there are too few points; many cards and too few products; many cards and too few codes.
        var poor = await JoinAsync(shop, "poor", 210);
        var cards = await Task.WhenAll(Enumerable.Range(0, Callers).Select(number => JoinAsync(shop, $"c{number}", 20)));
        var answers = await Task.WhenAll(
            AtOnceAsync(shop, _ => poor, rare), AtOnceAsync(shop, caller => cards[caller], mug), AtOnceAsync(shop, caller => cards[caller], coupon));

        Assert.Equal([5, 7, 9], answers.Select(static all => all.Count(static answer => answer.Status == 200)));
        Assert.All(answers[0].Where(static answer => answer.Status != 200), static answer => Assert.Equal("loyalty_card_points_exceeded", Text(answer.Body, "key")));
        Assert.All(answers[1].Where(static answer => answer.Status != 200), static answer => Assert.Equal("quantity_exceeded", Text(answer.Body, "key")));
        Assert.All(answers[2].Where(static answer => answer.Status != 200), static answer => Assert.Equal("no_voucher_suitable_for_publication", Text(answer.Body, "key")));
        Assert.Equal(10, await BalanceAsync(shop, poor));
        Assert.Equal([(0L, 7L), (995L, 5L)], [await CountAsync(shop, mug), await CountAsync(shop, rare)]);

        // No code is two people's, and whoever paid has one.
        var codes = answers[2].Where(static answer => answer.Status == 200).Select(static answer => (Code: Text(answer.Body.GetProperty("reward").GetProperty("voucher"), "code"), Who: Text(answer.Body, "customer_id"))).ToList();
        Assert.Equal(9, codes.DistinctBy(static one => one.Code).Count());
        foreach (var (code, who) in codes)
        {
            Assert.Equal(who, Text(await shop.OkAsync("GET", $"/v1/vouchers/{code}"), "holder_id"));
        }

        // What is on a card is what its changes come to.
        foreach (var card in cards.Append(poor))
        {
            var spent = answers.SelectMany(static all => all).Where(answer => answer.Status == 200 && Text(answer.Body.GetProperty("voucher"), "code") == card).Sum(static answer => answer.Body.GetProperty("amount").GetInt64());
            var moved = (await shop.OkAsync("GET", $"/v1/loyalties/members/{card}/transactions?limit=100")).GetProperty("data").EnumerateArray()
                .Sum(static entry => entry.GetProperty("details").GetProperty("balance").GetProperty("points").GetInt64());
            Assert.Equal((card == poor ? 210 : 20) - spent, await BalanceAsync(shop, card));
            Assert.Equal(moved, await BalanceAsync(shop, card));
        }

        // Taken back by many at once, all of it is there again, once.
        var taken = answers[0].Concat(answers[1]).Where(static answer => answer.Status == 200).Select(static answer => Text(answer.Body, "id")).ToList();
        var back = await Task.WhenAll(taken.SelectMany(static id => Enumerable.Repeat(id, 4)).Select(id => Task.Run(() => shop.SendAsync("POST", $"/v1/redemptions/{id}/rollback", null))));
        Assert.Equal(taken.Count, back.Count(static answer => answer.Status == 200));
        Assert.Equal(210, await BalanceAsync(shop, poor));
        Assert.Equal([(7L, 0L), (1000L, 0L)], [await CountAsync(shop, mug), await CountAsync(shop, rare)]);
    }

    private async Task<HttpClient> StartAsync(string engine)
    {
        if (engine == "SQLite")
        {
            _embedded = new EngineProcess(Settings);
            await _embedded.StartAsync();
            return _embedded.Http;
        }

        PostgresDatabase.RequireServer();
        _cluster = await EngineCluster.StartAsync(silos: 2, apis: 1, Settings);
        return _cluster.Apis[0].Http;
    }

    private static async Task<string> JoinAsync(Caller shop, string customer, int points)
    {
        var card = Text(await shop.OkAsync("POST", "/v1/loyalties/Friends/members", $$$"""{"customer":{"source_id":"{{{customer}}}"}}"""), "code");
        await shop.OkAsync("POST", $"/v1/loyalties/members/{card}/balance", $$"""{"points":{{points}}}""");
        return card;
    }

    private static Task<(int Status, JsonElement Body)[]> AtOnceAsync(Caller shop, Func<int, string> card, string reward) => Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() =>
        shop.SendAsync("POST", $"/v1/loyalties/members/{card(caller)}/redemption", $$$"""{"reward":{"id":"{{{reward}}}"}}"""))));

    private static async Task<long> BalanceAsync(Caller shop, string card) => (await shop.OkAsync("GET", $"/v1/loyalties/members/{card}")).GetProperty("loyalty_card").GetProperty("balance").GetInt64();

    private static async Task<(long Stock, long Redeemed)> CountAsync(Caller shop, string reward)
    {
        var shown = await shop.OkAsync("GET", $"/v1/rewards/{reward}");
        return (shown.GetProperty("stock").GetInt64(), shown.GetProperty("redeemed").GetInt64());
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    private sealed class Caller(HttpClient http)
    {
        public async Task<(int Status, JsonElement Body)> SendAsync(string method, string path, string? body)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, null, "application/json") };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
        }

        public async Task<JsonElement> OkAsync(string method, string path, string? body = null)
        {
            var (status, answer) = await SendAsync(method, path, body);
            Assert.True(status is >= 200 and < 300, $"{method} {path}: {answer}");
            return answer;
        }
    }
}
