using Marketing.Api;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>What days do to members. Each test has a clock of its own, which begins on 1 March 2030, at noon in UTC.</summary>
public sealed class LoyaltyNightTests : IAsyncLifetime
{
    private readonly TimedApiHost _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Points_can_be_spent_on_their_last_day_and_are_gone_at_the_midnight_of_the_project()
    {
        using var shop = await NewAsync("Europe/Berlin");
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync(Loyalty.Program(""","expiration_rules":{"period_type":"MONTH","period_value":0}"""));
        var card = await loyalty.JoinAsync("ann");
        (await loyalty.ChangeAsync(card, 10)).Ok();
        (await loyalty.ChangeAsync(card, 5, ""","expiration_type":"NON_EXPIRING" """)).Ok();
        Assert.Equal([("2030-03-01", 10), (null, 5)], await loyalty.BucketsAsync(card));

        // Midnight in Berlin is 23:00 in UTC.
        await ToAsync(shop, "2030-03-01T22:59:59Z");
        Assert.Equal(15, await loyalty.BalanceAsync(card));
        await ToAsync(shop, "2030-03-01T23:00:00Z");
        var figures = await loyalty.CardAsync(card);
        Assert.Equal((15, 5, 10), (figures.GetProperty("points").GetInt32(), figures.GetProperty("balance").GetInt32(), figures.GetProperty("expired_points").GetInt32()));
        Assert.Equal(("POINTS_EXPIRATION", -10), (await loyalty.LedgerAsync(card))[0]);
        Assert.Equal(5, (await shop.GetAsync("/v1/customers/ann")).Ok().GetProperty("loyalty").GetProperty("points").GetInt32());

        // Another night changes nothing more.
        await NightAsync(shop);
        Assert.Single(await loyalty.HappenedAsync(card), static type => type == "customer.voucher.loyalty_card.points_expired");
    }

    [Fact]
    public async Task Whoever_asks_before_the_night_has_come_finds_it_done()
    {
        using var shop = await NewAsync("UTC");
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync(Loyalty.Program(""","expiration_rules":{"period_type":"MONTH","period_value":0}"""));
        var card = await loyalty.JoinAsync("ann");
        (await loyalty.ChangeAsync(card, 10)).Ok();
        _api.Clock.SetUtcNow(new DateTimeOffset(2030, 3, 2, 0, 0, 0, TimeSpan.Zero));
        (await loyalty.ChangeAsync(card, -10)).Error(400, "invalid_amount");
        (await loyalty.ChangeAsync(card, 3)).Ok();
        Assert.Equal([("2030-03-02", 3)], await loyalty.BucketsAsync(card));
        Assert.Equal([("POINTS_ADDITION", 3), ("POINTS_EXPIRATION", -10), ("POINTS_ADDITION", 10)], await loyalty.LedgerAsync(card));
    }

    [Fact]
    public async Task Points_wait_for_their_day_and_expire_counted_from_it()
    {
        using var shop = await NewAsync("UTC");
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync(Loyalty.Program(""","expiration_rules":{"period_type":"MONTH","period_value":1}"""));
        await loyalty.RuleAsync("""{"event":"order.paid","loyalty":{"type":"PROPORTIONAL","calculation_type":"ORDER_AMOUNT","order":{"amount":{"every":100,"points":1}}},"source":{"banner":"A point a euro"},"pending_points":{"period_type":"DAY","period_value":3}}""");
        var card = await loyalty.JoinAsync("ann");
        foreach (var (order, amount) in new[] { ("o-1", 1_000), ("o-2", 2_000), ("o-3", 3_000), ("o-4", 4_000) })
        {
            await loyalty.PayAsync("ann", order, amount);
        }

        // The same order again earns nothing.
        await loyalty.PayAsync("ann", "o-1", 1_000);
        (await shop.PutAsync("/v1/orders/o-1", """{"status":"FULFILLED"}""")).Ok();
        var waiting = (await shop.GetAsync($"/v1/loyalties/members/{card}/pending-points")).Ok().GetProperty("data");
        Assert.Equal([10, 20, 30, 40], waiting.EnumerateArray().Select(static one => one.GetProperty("points").GetInt32()));
        Shape.Is(waiting[0], "id voucher_id campaign_id customer_id order_id points activates_at details created_at");
        Assert.Equal("2030-03-04", waiting[0].GetProperty("activates_at").GetString());
        Assert.Equal((100, 0), ((await loyalty.CardAsync(card)).GetProperty("pending_points").GetInt32(), (int)await loyalty.BalanceAsync(card)));

        // One by hand before its day, one for less, one never.
        string At(int place) => $"/v1/loyalties/members/{card}/pending-points/{waiting[place].GetProperty("id").GetString()}";
        Assert.Equal((10, 10), BalanceOf(await shop.PostAsync($"{At(0)}/activate")));
        (await shop.PostAsync($"{At(0)}/activate")).Error(400, "invalid_pending_points_state");
        var adjusted = (await shop.PostAsync($"{At(1)}/balance", """{"points":-5}""")).Ok();
        Assert.Equal((-5, 85), (adjusted.GetProperty("points").GetInt32(), adjusted.GetProperty("total").GetInt32()));
        (await shop.PostAsync($"{At(1)}/balance", """{"points":-15}""")).Error(400, "invalid_amount");
        Assert.Equal(204, (await shop.PostAsync($"{At(2)}/cancel")).Status);
        (await shop.PostAsync($"{At(2)}/cancel")).Error(400, "invalid_pending_points_state");
        (await shop.PostAsync($"/v1/loyalties/members/{card}/pending-points/lopp_nothing/activate")).Error(404, "not_found");
        Assert.Equal(2, (await shop.GetAsync("/v1/loyalties/Friends/pending-points")).Ok().GetProperty("data").GetArrayLength());

        await ToAsync(shop, "2030-03-03T23:59:59Z");
        Assert.Equal(10, await loyalty.BalanceAsync(card));
        await ToAsync(shop, "2030-03-04T00:00:00Z");
        Assert.Equal([("2030-04-01", 10), ("2030-04-04", 55)], await loyalty.BucketsAsync(card));
        Assert.Equal(0, (await loyalty.CardAsync(card)).GetProperty("pending_points").GetInt32());
        var happened = await loyalty.HappenedAsync(card);
        Assert.Equal(
            (4, 1, 3, 1),
            (Count(happened, "added"), Count(happened, "updated"), Count(happened, "activated"), Count(happened, "canceled")));

        static int Count(IReadOnlyList<string> types, string what) => types.Count(type => type == $"customer.voucher.loyalty_card.pending_points.{what}");
    }

    [Fact]
    public async Task Tiers_come_with_points_and_go_with_the_night()
    {
        using var shop = await NewAsync("UTC");
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync(Loyalty.Program(
            ""","expiration_rules":{"period_type":"MONTH","period_value":0}""",
            ""","loyalty_tiers_expiration":{"qualification_type":"BALANCE","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"BALANCE_DROP"}}"""));
        var bonus = await loyalty.RuleAsync("""{"event":"customer.loyalty.tier.upgraded","loyalty":{"type":"FIXED","points":7},"expiration_rules":{"period_type":"MONTH","period_value":1}}""");
        var viewed = await loyalty.RuleAsync("""{"event":"viewed","loyalty":{"type":"FIXED","points":10}}""");
        await loyalty.TiersAsync($$$"""[{"name":"Silver","points":{"from":50,"to":99}},{"name":"Gold","points":{"from":100},"earning_rules":{"{{{viewed}}}":{"type":"MULTIPLY","multiplier":2.5} } }]""");
        var card = await loyalty.JoinAsync("ann");
        Assert.Null(await loyalty.TierAsync(card));
        (await loyalty.ChangeAsync(card, 60)).Ok();
        Assert.Equal("Silver", await loyalty.TierAsync(card));
        (await loyalty.ChangeAsync(card, 60)).Ok();
        Assert.Equal(("Gold", 127), (await loyalty.TierAsync(card), await loyalty.BalanceAsync(card)));
        Assert.Equal("Gold", (await shop.GetAsync("/v1/customers/ann")).Ok().GetProperty("loyalty").GetProperty("campaigns").GetProperty("Friends").GetProperty("loyalty_tier").GetString());

        // In that tier an event is worth more.
        (await shop.PostAsync("/v1/events", """{"event":"viewed","customer":{"source_id":"ann"}}""")).Ok();
        Assert.Equal(152, await loyalty.BalanceAsync(card));

        // What was earned by the upgrade lasts a month, all else is gone with the day.
        await ToAsync(shop, "2030-03-02T00:00:00Z");
        Assert.Equal((null, 7L), (await loyalty.TierAsync(card), await loyalty.BalanceAsync(card)));
        Assert.Equal(
            ["customer.loyalty.tier.left", "customer.voucher.loyalty_card.points_expired", "customer.rewarded.loyalty_points", "customer.rewarded.loyalty_points", "customer.loyalty.tier.upgraded", "customer.loyalty.tier.joined"],
            (await loyalty.HappenedAsync(card)).Where(static type => type.StartsWith("customer.loyalty", StringComparison.Ordinal) || type.EndsWith("loyalty_points", StringComparison.Ordinal) || type.EndsWith("expired", StringComparison.Ordinal))
                .OrderBy(static type => type switch { "customer.loyalty.tier.left" => 0, "customer.voucher.loyalty_card.points_expired" => 1, "customer.rewarded.loyalty_points" => 2, "customer.loyalty.tier.upgraded" => 3, _ => 4 }));
        Assert.NotNull(bonus);
    }

    [Fact]
    public async Task A_change_of_the_time_zone_neither_loses_nor_repeats_anything()
    {
        using var shop = await NewAsync("Pacific/Kiritimati");
        var loyalty = new Loyalty(shop);
        await loyalty.NewAsync(Loyalty.Program(""","expiration_rules":{"period_type":"MONTH","period_value":0}"""));
        var card = await loyalty.JoinAsync("ann");

        // It is 2 March there.
        (await loyalty.ChangeAsync(card, 10)).Ok();
        Assert.Equal([("2030-03-02", 10)], await loyalty.BucketsAsync(card));
        await ZoneAsync(shop, "Pacific/Pago_Pago");
        await ToAsync(shop, "2030-03-02T10:00:00Z");

        // Over in the old zone, and still 1 March in the new one.
        Assert.Equal(10, await loyalty.BalanceAsync(card));
        (await loyalty.ChangeAsync(card, 5)).Ok();
        await ToAsync(shop, "2030-03-02T11:00:00Z");
        Assert.Equal([("2030-03-02", 10)], await loyalty.BucketsAsync(card));
        await ToAsync(shop, "2030-03-03T11:00:00Z");
        Assert.Equal([("POINTS_EXPIRATION", -10), ("POINTS_EXPIRATION", -5), ("POINTS_ADDITION", 5), ("POINTS_ADDITION", 10)], await loyalty.LedgerAsync(card));

        // To the east a day comes sooner.
        (await loyalty.ChangeAsync(card, 3)).Ok();
        await ZoneAsync(shop, "Pacific/Kiritimati");
        await NightAsync(shop);
        Assert.Equal(0, await loyalty.BalanceAsync(card));
    }

    private static (int Points, int Balance) BalanceOf(Answer answer) => (answer.Ok().GetProperty("points").GetInt32(), answer.Ok().GetProperty("balance").GetInt32());

    private Task<ProjectClient> NewAsync(string zone) => _api.NewProjectAsync(settings => settings with { TimeZone = zone });

    private async Task ToAsync(ProjectClient shop, string instant)
    {
        _api.Clock.SetUtcNow(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
        await NightAsync(shop);
    }

    private Task NightAsync(ProjectClient shop) => _api.Grains.LoyaltyNight(shop.Project.Number).RunAsync();

    private async Task ZoneAsync(ProjectClient shop, string zone)
    {
        using var operators = _api.Management();
        (await operators.PutAsync($"/management/v1/projects/{shop.Project.Id}", $$"""{"name":"Test","timezone":"{{zone}}"}""")).Ok();
    }
}
