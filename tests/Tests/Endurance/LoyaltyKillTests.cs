using System.Globalization;
using System.Text;
using System.Text.Json;
using Marketing.Clusters;
using Marketing.Testing;
using Xunit;

namespace Marketing.Endurance;

/// <summary>
/// Members earn, spend, move and lose points, redeem rewards and bring others, from 64 callers at once, while the process is killed again and again and midnight comes every few seconds: the shop moves from one end of the
/// calendar to the other. Afterwards everything is one number, and what was answered happened once.
/// </summary>
[Collection(OneAtATime.Name)]
public sealed class LoyaltyKillTests : IAsyncLifetime
{
    private const int Callers = 64;
    private const int Cards = 24;
    private const int Kills = 5;
    private const int Stock = 400;
    private const int Cost = 5;
    private const int Imported = 100;
    private const int ForReferee = 3;
    private const int ForEvent = 7;
    private const string Behind = "Pacific/Pago_Pago";
    private const string Ahead = "Pacific/Kiritimati";

    private static readonly TimeSpan Day = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(90);

    private readonly EngineProcess _engine = new(new Dictionary<string, string> { ["Logging:LogLevel:Default"] = "Warning" });
    private readonly Random _random = new(20_260_101);
    private StubbornShop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        await _engine.StartAsync();
        _shop = new StubbornShop(_engine);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Killed_again_and_again_points_stock_and_referrals_are_one_number_and_nothing_is_done_twice()
    {
        await _shop.MoveAsync(Behind);
        var (cards, reward, referral) = await SetUpAsync();
        var import = await ImportAsync();
        var load = new LoyaltyLoad(_shop, cards, reward, referral);
        using var done = new CancellationTokenSource();
        var callers = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => load.RunAsync(caller, done.Token))));
        var midnights = MidnightsAsync(done.Token);
        for (var kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(_random.Next(1_500, 3_000), TestContext.Current.CancellationToken);
            await _engine.KillAsync();
            await _engine.StartAsync();
        }

        await Task.Delay(1_000, TestContext.Current.CancellationToken);
        await done.CancelAsync();
        await callers;
        Assert.InRange(await midnights, 3, int.MaxValue);

        Assert.Empty(load.Odd.Distinct());
        var ledgers = new List<JsonElement>();
        await TouchAsync(load, cards);
        for (var card = 0; card < Cards; card++)
        {
            ledgers.AddRange(await LedgerAgreesAsync(cards[card], LoyaltyLoad.CustomerOf(card)));
        }

        await EarnedOnceAsync(load, cards, ledgers);
        await SpentOnceAsync(load, reward, ledgers);
        await BroughtOnceAsync(load);
        await ImportedOnceAsync(import);
    }

    // What days did is done with the next thing that happens to a card, and its holder hears then at the latest what another's transfer took.
    private static async Task TouchAsync(LoyaltyLoad load, List<string> cards)
    {
        for (var card = 0; card < cards.Count; card++)
        {
            await load.ChangeAsync(cards[card], 1, $"end-{card}");
        }
    }

    // Balance, ledger, buckets and profile are one number that was never less than nothing.
    private async Task<List<JsonElement>> LedgerAgreesAsync(string card, string customer)
    {
        var ledger = await _shop.AllAsync($"/v1/loyalties/members/{card}/transactions");
        var buckets = (await _shop.GetAsync($"/v1/loyalties/Friends/members/{card}/points-expiration?limit=100")).GetProperty("data").EnumerateArray().Select(static bucket => bucket.GetProperty("bucket").GetProperty("total_points").GetInt64()).ToList();
        var figures = (await _shop.GetAsync($"/v1/loyalties/members/{card}")).GetProperty("loyalty_card");
        var balance = figures.GetProperty("balance").GetInt64();
        Assert.All(buckets, static points => Assert.True(points > 0));
        Assert.All(ledger, static entry => Assert.True(entry.GetProperty("details").GetProperty("balance").GetProperty("balance").GetInt64() >= 0));
        Assert.Equal((balance, balance, balance), (ledger.Sum(Points), buckets.Sum(), (await _shop.GetAsync($"/v1/customers/{customer}")).GetProperty("loyalty").GetProperty("points").GetInt64()));
        Assert.Equal(-Of(ledger, "POINTS_EXPIRATION").Sum(Points), figures.GetProperty("expired_points").GetInt64());
        return ledger;
    }

    private async Task EarnedOnceAsync(LoyaltyLoad load, IReadOnlyList<string> cards, List<JsonElement> ledgers)
    {
        var rewarded = Of(ledgers, "POINTS_ACCRUAL").Where(static entry => Points(entry) == ForEvent).CountBy(static entry => entry.GetProperty("voucher_id").GetString()!);
        Assert.Equal(load.Viewed.CountBy(static customer => customer).Select(static one => one.Value).Order(), rewarded.Select(static one => one.Value).Order());

        // Each order has become points, waits, or was called off.
        var waiting = 0;
        foreach (var card in cards)
        {
            waiting += (await _shop.AllAsync($"/v1/loyalties/members/{card}/pending-points")).Count;
        }

        var activations = Of(ledgers, "PENDING_POINTS_ACTIVATION").ToList();
        Assert.Equal(activations.Count, activations.Select(static entry => entry.GetProperty("details").GetProperty("order").GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(load.Paid.Count, activations.Count + waiting + load.Canceled.Count);
        Assert.NotEmpty(activations);

        Assert.Equal(Sorted(load.Changed), Sorted(BySource(Of(ledgers, "POINTS_ADDITION").Concat(Of(ledgers, "POINTS_REMOVAL")))));
        var moved = BySource(Of(ledgers, "POINTS_TRANSFER_IN"));
        Assert.Equal(load.Transferred.Keys.Order(StringComparer.Ordinal), moved.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Sorted(moved), Sorted(BySource(Of(ledgers, "POINTS_TRANSFER_OUT")).ToDictionary(static one => one.Key, static one => -one.Value)));
        Assert.NotEmpty(Of(ledgers, "POINTS_EXPIRATION"));
    }

    private async Task SpentOnceAsync(LoyaltyLoad load, string reward, List<JsonElement> ledgers)
    {
        Assert.Equal((load.Redeemed.Count, load.RolledBack.Count), (Of(ledgers, "POINTS_REDEMPTION").Count(), Of(ledgers, "POINTS_REFUND").Count()));
        Assert.All(Of(ledgers, "POINTS_REDEMPTION"), static entry => Assert.Equal(-Cost, Points(entry)));
        Assert.All(Of(ledgers, "POINTS_REFUND"), static entry => Assert.Equal(Cost, Points(entry)));
        var shown = await _shop.GetAsync($"/v1/rewards/{reward}");
        var left = load.Redeemed.Count - load.RolledBack.Count;
        Assert.Equal((Stock - left, left), (shown.GetProperty("stock").GetInt32(), shown.GetProperty("redeemed").GetInt32()));
        Assert.NotEmpty(load.RolledBack);
    }

    // What is owed to who brought somebody comes a moment later, within a minute where the process died.
    private async Task BroughtOnceAsync(LoyaltyLoad load)
    {
        var card = "";
        await _engine.Shop.UntilAsync("/v1/customers/ann", ann => ann.GetProperty("loyalty").GetProperty("referred_customers").GetInt32() >= load.Referred.Count, Settling);
        await Wait.UntilAsync(
            async () =>
            {
                var held = (await _shop.GetAsync("/v1/loyalties/Friends/members?customer=ann")).GetProperty("vouchers");
                card = held.GetArrayLength() == 1 ? held[0].GetProperty("code").GetString()! : "";
                return card.Length > 0 && (await GivenAsync(card)) >= ForReferee * load.Referred.Count;
            },
            Settling,
            () => $"The referrer was not given what is owed for {load.Referred.Count}");
        Assert.Equal(ForReferee * load.Referred.Count, await GivenAsync(card));
        Assert.Equal(load.Referred.Count, (await _shop.GetAsync("/v1/customers/ann")).GetProperty("loyalty").GetProperty("referred_customers").GetInt32());
        Assert.Equal(load.Referred.Count, (await _shop.GetAsync("/v1/campaigns/Bring/summary")).GetProperty("referred_customers").GetInt32());
        await _shop.OkAsync($"/v1/loyalties/members/{card}/balance", """{"points":1}""");
        await LedgerAgreesAsync(card, "ann");
    }

    private async Task<long> GivenAsync(string card) => Of(await _shop.AllAsync($"/v1/loyalties/members/{card}/transactions"), "POINTS_ADDITION").Sum(Points);

    private async Task ImportedOnceAsync(string job)
    {
        var result = (await _engine.Shop.UntilAsync($"/v1/async-actions/{job}", static action => action.GetProperty("status").GetString() == "DONE", Settling)).GetProperty("result");
        Assert.Equal((3 * Imported, 0), (result.GetProperty("done_count").GetInt32(), result.GetProperty("failed_count").GetInt32()));
        Assert.Equal(3 * Imported, result.GetProperty("created_count").GetInt32() + result.GetProperty("updated_count").GetInt32() + result.GetProperty("unchanged_count").GetInt32());
        for (var card = 0; card < Imported; card++)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"OLD-{card}");
            Assert.Equal((3, 6L), ((await LedgerAgreesAsync(code, $"old-{card}")).Count, (await _shop.GetAsync($"/v1/loyalties/members/{code}")).GetProperty("loyalty_card").GetProperty("balance").GetInt64()));
        }
    }

    private async Task<(List<string> Cards, string Reward, string Referral)> SetUpAsync()
    {
        const string Ends = "\"expiration_rules\":{\"period_type\":\"MONTH\",\"period_value\":0}";
        await _shop.OkAsync("/v1/loyalties", $$$$"""{"name":"Friends","type":"AUTO_UPDATE","join_once":true,"voucher":{"type":"LOYALTY_CARD","loyalty_card":{"points":0,{{{{Ends}}}}}}}""");
        await _shop.OkAsync("/v1/loyalties/Friends/earning-rules", """
            [{"event":"order.paid","loyalty":{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":100,"points":1}}},"pending_points":{"period_type":"DAY","period_value":1}},
             {"event":"viewed","loyalty":{"type":"FIXED","points":7},"expiration_rules":{"period_type":"MONTH","period_value":12}},
             {"event":"customer.loyalty.tier.upgraded","loyalty":{"type":"FIXED","points":2}}]
            """);
        await _shop.OkAsync("/v1/loyalties/Friends/tiers", """[{"name":"A","points":{"from":50}},{"name":"B","points":{"from":150}}]""");
        await _shop.OkAsync("/v1/products", """{"source_id":"mug"}""");
        var reward = (await _shop.OkAsync("/v1/rewards", $$$"""{"name":"A mug","parameters":{"product":{"id":"mug"}},"stock":{{{Stock}}}}""")).GetProperty("id").GetString()!;
        await _shop.OkAsync($"/v1/rewards/{reward}/assignments", $$$$"""{"campaign":"Friends","parameters":{"loyalty":{"points":{{{{Cost}}}}}}}""");
        await _shop.OkAsync("/v1/campaigns", $$$$"""
            {"name":"Bring","campaign_type":"REFERRAL_PROGRAM","type":"AUTO_UPDATE","join_once":true,"voucher":{"type":"DISCOUNT_VOUCHER","is_referral_code":true,"discount":{"type":"PERCENT","percent_off":10}},
             "referral_program":{"conversion_event_type":"redemption","referral_tiers":[{"reward":{"type":"LOYALTY_CARD","amount":{{{{ForReferee}}}},"related_object_parent":{"name":"Friends"}}}]}}
            """);
        var referral = (await _shop.OkAsync("/v1/publications", """{"campaign":{"name":"Bring","count":1},"customer":{"source_id":"ann"}}""")).GetProperty("voucher").GetProperty("code").GetString()!;
        var cards = new List<string>();
        for (var card = 0; card < Cards; card++)
        {
            cards.Add((await _shop.OkAsync("/v1/loyalties/Friends/members", $$$"""{"customer":{"source_id":"{{{LoyaltyLoad.CustomerOf(card)}}}"}}""")).GetProperty("code").GetString()!);
        }

        return (cards, reward, referral);
    }

    private async Task<string> ImportAsync()
    {
        var file = new StringBuilder("Code,Customer Source Id,Points,Points Expiration Date\n");
        for (var row = 0; row < 3 * Imported; row++)
        {
            file.Append(CultureInfo.InvariantCulture, $"OLD-{row / 3},old-{row / 3},{(row % 3) + 1},2090-0{(row % 3) + 1}-01\n");
        }

        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(file.ToString())), "file", "members.csv" } };
        using var response = await _engine.Http.PostAsync("/v1/campaigns/Friends/importCSV", form, TestContext.Current.CancellationToken);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("async_action_id").GetString()!;
    }

    private async Task<int> MidnightsAsync(CancellationToken stop)
    {
        for (var midnights = 0; ; midnights++)
        {
            await _shop.MoveAsync(midnights % 2 == 0 ? Ahead : Behind);
            if (stop.IsCancellationRequested)
            {
                return midnights;
            }

            await Task.WhenAny(Task.Delay(Day, stop));
        }
    }

    private static IEnumerable<JsonElement> Of(IEnumerable<JsonElement> ledger, string type) => ledger.Where(entry => entry.GetProperty("type").GetString() == type);

    private static long Points(JsonElement entry) => entry.GetProperty("details").GetProperty("balance").GetProperty("points").GetInt64();

    // Twice the same source id is an exception.
    private static Dictionary<string, long> BySource(IEnumerable<JsonElement> ledger) => ledger.ToDictionary(static entry => entry.GetProperty("source_id").GetString()!, Points);

    private static IEnumerable<KeyValuePair<string, long>> Sorted(IEnumerable<KeyValuePair<string, long>> points) => points.OrderBy(static one => one.Key, StringComparer.Ordinal);
}
