using Marketing.Api;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>What members are told before it happens. Each test has a clock of its own, which begins on 1 March 2030, at noon in UTC.</summary>
public sealed class LoyaltyAheadTests : IAsyncLifetime
{
    private const string PointsExpireSoon = "customer.voucher.loyalty_card.points_expire_soon";
    private const string TierExpiresSoon = "customer.loyalty.tier.expires_soon";
    private const string TierNear = "customer.loyalty.tier.near";

    private readonly TimedApiHost _api = new();

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Points_that_end_are_told_of_so_many_days_before_once()
    {
        using var shop = await NewAsync();
        var loyalty = new Loyalty(shop);
        var program = await loyalty.NewAsync(Loyalty.Program(""","expiration_rules":{"period_type":"MONTH","period_value":1}"""));
        var card = await loyalty.JoinAsync("ann");
        (await loyalty.ChangeAsync(card, 10)).Ok();
        (await loyalty.ChangeAsync(card, 4, ""","expiration_type":"CUSTOM_DATE","expiration_date":"2030-04-20" """)).Ok();
        (await loyalty.ChangeAsync(card, 1, ""","expiration_type":"NON_EXPIRING" """)).Ok();
        await LiveAsync(shop, PointsExpireSoon, program, "\"days\":3");
        await LiveAsync(shop, PointsExpireSoon, program, "\"days\":10");

        // The last day is 1 April.
        await ToAsync(shop, "2030-03-21T23:59:59Z");
        Assert.Equal(0, await ToldAsync(loyalty, card, PointsExpireSoon));
        await ToAsync(shop, "2030-03-22T00:00:00Z");
        Assert.Equal(1, await ToldAsync(loyalty, card, PointsExpireSoon));
        await NightAsync(shop);
        await ToAsync(shop, "2030-03-28T23:00:00Z");
        Assert.Equal(1, await ToldAsync(loyalty, card, PointsExpireSoon));

        // What is done to the member meanwhile neither tells it again nor forgets it; points of another day are others.
        (await loyalty.ChangeAsync(card, -3)).Ok();
        await ToAsync(shop, "2030-03-29T01:00:00Z");
        Assert.Equal(2, await ToldAsync(loyalty, card, PointsExpireSoon));
        var told = (await shop.GetAsync($"/v1/customers/ann/activity?limit=100&type={PointsExpireSoon}")).Ok().GetProperty("data")[0].GetProperty("data").GetProperty("data");
        Assert.Equal((7, "2030-04-01"), (told.GetProperty("expiring_points").GetProperty("points").GetInt32(), told.GetProperty("expiring_points").GetProperty("expires_at").GetString()));
        Shape.Is(told, "customer campaign voucher expiring_points membership");
        (await loyalty.ChangeAsync(card, 2, ""","expiration_type":"CUSTOM_DATE","expiration_date":"2030-03-30" """)).Ok();
        Assert.Equal(4, await ToldAsync(loyalty, card, PointsExpireSoon));

        // 20 April comes for both.
        await ToAsync(shop, "2030-04-10T00:00:00Z");
        Assert.Equal(5, await ToldAsync(loyalty, card, PointsExpireSoon));
        await ToAsync(shop, "2030-04-17T00:00:00Z");
        Assert.Equal(6, await ToldAsync(loyalty, card, PointsExpireSoon));
    }

    [Fact]
    public async Task A_tier_is_told_of_where_it_would_be_lost()
    {
        using var shop = await NewAsync();
        var loyalty = new Loyalty(shop);
        var program = await loyalty.NewAsync(Loyalty.Program(
            ""","expiration_rules":{"period_type":"MONTH","period_value":2}""",
            ""","loyalty_tiers_expiration":{"qualification_type":"BALANCE","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"CUSTOM","extend":"P1M"}}"""));
        await loyalty.TiersAsync("""[{"name":"Silver","points":{"from":10}},{"name":"Gold","points":{"from":20}}]""");
        var (ann, bob) = (await loyalty.JoinAsync("ann"), await loyalty.JoinAsync("bob"));
        (await loyalty.ChangeAsync(ann, 20)).Ok();
        (await loyalty.ChangeAsync(bob, 20)).Ok();
        (await loyalty.ChangeAsync(bob, -15)).Ok();
        await LiveAsync(shop, TierExpiresSoon, program, "\"days\":5");
        await ToAsync(shop, "2030-03-26T23:00:00Z");
        Assert.Equal((0, 0), (await ToldAsync(loyalty, ann, TierExpiresSoon), await ToldAsync(loyalty, bob, TierExpiresSoon)));

        // Their last day is 1 April: one would keep it, the other would not.
        await ToAsync(shop, "2030-03-27T00:00:00Z");
        Assert.Equal((0, 1), (await ToldAsync(loyalty, ann, TierExpiresSoon), await ToldAsync(loyalty, bob, TierExpiresSoon)));
        (await loyalty.ChangeAsync(ann, -15)).Ok();
        await NightAsync(shop);
        Assert.Equal((1, 1), (await ToldAsync(loyalty, ann, TierExpiresSoon), await ToldAsync(loyalty, bob, TierExpiresSoon)));
        await ToAsync(shop, "2030-04-03T00:00:00Z");
        Assert.Equal((null, 1), (await loyalty.TierAsync(ann), await ToldAsync(loyalty, ann, TierExpiresSoon)));
    }

    [Fact]
    public async Task Whoever_comes_close_to_the_next_tier_is_told_so_each_time()
    {
        using var shop = await NewAsync();
        var loyalty = new Loyalty(shop);
        var program = await loyalty.NewAsync(Loyalty.Program(more: ""","loyalty_tiers_expiration":{"qualification_type":"BALANCE","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"BALANCE_DROP"}}"""));
        await loyalty.TiersAsync("""[{"name":"Silver","points":{"from":100}},{"name":"Gold","points":{"from":200}}]""");
        var (ann, bob) = (await loyalty.JoinAsync("ann"), await loyalty.JoinAsync("bob"));
        (await loyalty.ChangeAsync(bob, 95)).Ok();
        await LiveAsync(shop, TierNear, program, "\"points\":10");
        await NightAsync(shop);
        Assert.Equal((0, 1), (await ToldAsync(loyalty, ann, TierNear), await ToldAsync(loyalty, bob, TierNear)));
        (await loyalty.ChangeAsync(ann, 89)).Ok();
        Assert.Equal(0, await ToldAsync(loyalty, ann, TierNear));
        (await loyalty.ChangeAsync(ann, 1)).Ok();
        (await loyalty.ChangeAsync(ann, 5)).Ok();
        Assert.Equal(1, await ToldAsync(loyalty, ann, TierNear));

        // Away and near again; in the tier; near the one above.
        (await loyalty.ChangeAsync(ann, -50)).Ok();
        (await loyalty.ChangeAsync(ann, 50)).Ok();
        Assert.Equal(2, await ToldAsync(loyalty, ann, TierNear));
        (await loyalty.ChangeAsync(ann, 20)).Ok();
        Assert.Equal(2, await ToldAsync(loyalty, ann, TierNear));
        (await loyalty.ChangeAsync(ann, 80)).Ok();
        Assert.Equal(3, await ToldAsync(loyalty, ann, TierNear));
        var told = (await shop.GetAsync($"/v1/customers/ann/activity?limit=100&type={TierNear}")).Ok().GetProperty("data")[0].GetProperty("data").GetProperty("data");
        Assert.Equal(("Gold", 5), (told.GetProperty("next_tier").GetProperty("name").GetString(), told.GetProperty("membership").GetProperty("points_to_next_tier").GetInt32()));
    }

    [Fact]
    public async Task One_who_cannot_be_told_holds_up_no_other_and_is_told_once_it_can_be()
    {
        using var shop = await NewAsync();
        var loyalty = new Loyalty(shop);
        var program = await loyalty.NewAsync(Loyalty.Program(more: ""","loyalty_tiers_expiration":{"qualification_type":"BALANCE","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"BALANCE_DROP"}}"""));
        await loyalty.TiersAsync("""[{"name":"Silver","points":{"from":100}}]""");
        var (ann, bob) = (await loyalty.JoinAsync("ann"), await loyalty.JoinAsync("bob"));
        (await loyalty.ChangeAsync(ann, 95)).Ok();
        (await loyalty.ChangeAsync(bob, 95)).Ok();
        await LiveAsync(shop, TierNear, program, "\"points\":10");
        var id = (await shop.GetAsync($"/v1/vouchers/{ann}")).Ok().GetProperty("id").GetString()!;
        var whole = await RewriteAsync(shop, id, RawJson.From(System.Text.Json.JsonElement.Parse("[]")));
        await NightAsync(shop);
        Assert.Equal(1, await ToldAsync(loyalty, bob, TierNear));
        await RewriteAsync(shop, id, whole);
        await NightAsync(shop);
        Assert.Equal((1, 1), (await ToldAsync(loyalty, ann, TierNear), await ToldAsync(loyalty, bob, TierNear)));
    }

    [Theory]
    [InlineData(PointsExpireSoon, "", "trigger.days")]
    [InlineData(PointsExpireSoon, ",\"days\":0", "trigger.days")]
    [InlineData(TierExpiresSoon, ",\"days\":366", "trigger.days")]
    [InlineData(TierExpiresSoon, ",\"days\":3,\"points\":3", "trigger.points")]
    [InlineData(TierNear, "", "trigger.points")]
    [InlineData(TierNear, ",\"points\":3,\"days\":3", "trigger.days")]
    [InlineData(TierNear, ",\"points\":0", "trigger.points")]
    public async Task A_draft_says_how_long_ahead(string trigger, string more, string field)
    {
        using var shop = await NewAsync();
        var program = await new Loyalty(shop).NewAsync();
        var id = await shop.NewDistributionAsync(Draft(trigger, program, more));
        var problems = (await shop.PostAsync($"/v1/distributions/{id}/validate")).Ok().GetProperty("problems");
        Assert.Equal(field, Assert.Single(Shape.Texts(problems, "field")));
    }

    private static string Draft(string trigger, string program, string more) =>
        $$$"""
        {"name":"{{{trigger}}}{{{more.Replace("\"", "", StringComparison.Ordinal)}}}","type":"automatic","trigger":{"type":"{{{trigger}}}","campaign_id":"{{{program}}}"{{{more}}}},"action":{"type":"message"},
         "channels":[{"type":"email","template":{"subject":"Points","html":"<p>{{ membership.balance }} <a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p>"}}]}
        """;

    private static async Task LiveAsync(ProjectClient shop, string trigger, string program, string more)
    {
        var id = await shop.NewDistributionAsync(Draft(trigger, program, $",{more}"));
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
    }

    private static async Task<int> ToldAsync(Loyalty loyalty, string card, string type) => (await loyalty.HappenedAsync(card)).Count(told => told == type);

    // What a member's row said before it was something else.
    private async Task<RawJson> RewriteAsync(ProjectClient shop, string id, RawJson document)
    {
        var row = (await _api.Services.GetRequiredService<ITableStore<MemberRow>>().FindAsync(shop.Project.Number, id))!;
        var commit = new Commit { Project = shop.Project.Number };
        commit.Rows.Add(MemberTable.Members.Save(row with { Document = document }));
        Assert.True((await _api.Services.GetRequiredService<ICommitter>().CommitAsync(commit)).IsDurable);
        return row.Document;
    }

    private Task<ProjectClient> NewAsync() => _api.NewProjectAsync(settings => settings with { TimeZone = "UTC" });

    private async Task ToAsync(ProjectClient shop, string instant)
    {
        _api.Clock.SetUtcNow(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
        await NightAsync(shop);
    }

    private Task NightAsync(ProjectClient shop) => _api.Grains.LoyaltyNight(shop.Project.Number).RunAsync();
}
