using System.Text.Json;
using Xunit;

namespace Marketing.Loyalties;

public sealed class TierRulesTests
{
    private const string Custom = """{"qualification_type":"BALANCE","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"CUSTOM","extend":"P3M"}}""";
    private const string Yearly = """{"qualification_type":"POINTS_IN_PERIOD","qualification_period":"YEAR","start_date":{"type":"IMMEDIATE"},"expiration_date":{"type":"END_OF_NEXT_PERIOD","extend":""}}""";
    private const string Quarterly = """{"qualification_type":"POINTS_IN_PERIOD","qualification_period":"QUARTER","start_date":{"type":"NEXT_PERIOD"},"expiration_date":{"type":"END_OF_PERIOD","extend":"P10D"}}""";

    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TierRange[] Tiers = [new("bronze", 0), new("silver", 100), new("gold", 1_000)];

    [Theory]
    [InlineData(0, "bronze")]
    [InlineData(99, "bronze")]
    [InlineData(100, "silver")]
    [InlineData(999, "silver")]
    [InlineData(1_000, "gold")]
    [InlineData(1_000_000, "gold")]
    public void A_tier_goes_from_its_first_point_up_to_the_next_one(long points, string tier) => Assert.Equal(tier, TierRules.Reached(Tiers, points)!.Value.Id);

    [Fact]
    public void Below_the_first_tier_there_is_none() => Assert.Null(TierRules.Reached([new TierRange("silver", 100)], 99));

    [Fact]
    public void By_balance_tiers_come_and_go_at_once()
    {
        var (joined, first) = Next(TierProgram.ByBalance, Balance(150), null, "2030-01-01");
        Assert.Equal((TierMove.Joined, "silver", (DateOnly?)null), (first, joined!.Tier, joined.Ends));
        var (up, upgraded) = Next(TierProgram.ByBalance, Balance(1_000), joined, "2030-01-02");
        Assert.Equal((TierMove.Upgraded, "gold"), (upgraded, up!.Tier));
        Assert.Equal((up, TierMove.None), Next(TierProgram.ByBalance, Balance(5_000), up, "2030-01-03"));
        Assert.Equal(TierMove.Downgraded, Next(TierProgram.ByBalance, Balance(999), up, "2030-01-03").Move);
        TierRange[] high = [Tiers[2]];
        Assert.Equal((null, TierMove.Left), TierRules.Next(TierProgram.ByBalance, high, Balance(999), up, ExpirationRuleTests.Day("2030-01-03"), Now));
    }

    [Fact]
    public void For_some_months_a_tier_is_kept_whatever_the_balance_is()
    {
        var program = Program(Custom);
        var gold = Next(program, Balance(1_000), null, "2030-01-31").Standing!;
        Assert.Equal(ExpirationRuleTests.Day("2030-04-30"), gold.Ends);
        Assert.Equal((gold, TierMove.None), Next(program, Balance(5), gold, "2030-04-30"));

        // It is over: what the balance says by then counts.
        var (silver, down) = Next(program, Balance(500), gold, "2030-05-01");
        Assert.Equal((TierMove.Downgraded, "silver", ExpirationRuleTests.Day("2030-08-01")), (down, silver!.Tier, silver.Ends!.Value));
        var (longer, prolonged) = Next(program, Balance(1_000), gold, "2030-05-01");
        Assert.Equal((TierMove.Prolonged, "gold", ExpirationRuleTests.Day("2030-08-01")), (prolonged, longer!.Tier, longer.Ends!.Value));

        // Higher is always at once.
        Assert.Equal(TierMove.Upgraded, Next(program, Balance(1_000), silver, "2030-06-01").Move);
    }

    [Fact]
    public void By_the_points_of_a_year_a_tier_lasts_through_the_next_one()
    {
        var program = Program(Yearly);
        var gold = Next(program, In("2030-01-01", 1_200, 0), null, "2030-05-10").Standing!;
        Assert.Equal((ExpirationRuleTests.Day("2030-05-10"), ExpirationRuleTests.Day("2031-12-31")), (gold.Starts, gold.Ends!.Value));

        // The year after: nothing is lost, and what is reached again lasts a year longer.
        Assert.Equal((gold, TierMove.None), Next(program, In("2031-01-01", 0, 1_200), gold, "2031-01-01"));
        var (longer, prolonged) = Next(program, In("2031-01-01", 1_000, 1_200), gold, "2031-06-01");
        Assert.Equal((TierMove.Prolonged, ExpirationRuleTests.Day("2032-12-31")), (prolonged, longer!.Ends!.Value));

        // Otherwise the year that ended decides.
        var (silver, down) = Next(program, In("2032-01-01", 0, 300), gold, "2032-01-01");
        Assert.Equal((TierMove.Downgraded, "silver", ExpirationRuleTests.Day("2032-12-31")), (down, silver!.Tier, silver.Ends!.Value));
    }

    [Fact]
    public void What_begins_with_the_next_period_ends_with_it_and_its_grace()
    {
        var program = Program(Quarterly);
        TierRange[] tiers = [Tiers[1], Tiers[2]];
        Assert.Equal((null, TierMove.None), TierRules.Next(program, tiers, In("2030-01-01", 500, 0), null, ExpirationRuleTests.Day("2030-03-31"), Now));
        var (silver, joined) = TierRules.Next(program, tiers, In("2030-04-01", 0, 500), null, ExpirationRuleTests.Day("2030-04-01"), Now);
        Assert.Equal((TierMove.Joined, ExpirationRuleTests.Day("2030-04-01"), ExpirationRuleTests.Day("2030-07-10")), (joined, silver!.Starts, silver.Ends!.Value));
        Assert.Equal((silver, TierMove.None), TierRules.Next(program, tiers, In("2030-07-01", 0, 0), silver, ExpirationRuleTests.Day("2030-07-10"), Now));
        Assert.Equal((null, TierMove.Left), TierRules.Next(program, tiers, In("2030-07-01", 0, 0), silver, ExpirationRuleTests.Day("2030-07-11"), Now));
    }

    [Fact]
    public void An_edit_takes_no_tier_away_that_has_a_last_day_and_what_is_deleted_is_lost_at_once()
    {
        var gold = Next(Program(Custom), Balance(1_000), null, "2030-01-31").Standing!;
        TierRange[] harder = [Tiers[0], Tiers[1], new("gold", 10_000)];
        Assert.Equal((gold, TierMove.None), TierRules.Next(Program(Custom), harder, Balance(1_000), gold, ExpirationRuleTests.Day("2030-02-01"), Now));
        var (silver, down) = TierRules.Next(Program(Custom), [Tiers[0], Tiers[1]], Balance(1_000), gold, ExpirationRuleTests.Day("2030-02-01"), Now);
        Assert.Equal((TierMove.Downgraded, "silver"), (down, silver!.Tier));
    }

    [Theory]
    [InlineData("""{"type":"QUARTER","strategy":"END"}""", "2030-06-30")]
    [InlineData("""{"type":"YEAR","strategy":"END"}""", "2030-12-31")]
    [InlineData("""{"type":"MONTH","strategy":"START"}""", "2030-04-01")]
    [InlineData("""{"type":"CUSTOM","unit":"MONTH","value":3,"strategy":"END"}""", "2031-03-31")]

    // A tier that would be over before it begins is not rounded.
    [InlineData("""{"type":"YEAR","strategy":"START"}""", "2030-04-15")]
    public void The_end_is_rounded(string rounding, string ends) => Assert.Equal(
        ExpirationRuleTests.Day(ends),
        Program(Custom.Replace("\"P3M\"", $"\"P3M\",\"rounding\":{rounding}", StringComparison.Ordinal)).LastDayOf(ExpirationRuleTests.Day("2030-01-15")));

    [Theory]
    [InlineData("""{"qualification_type":"LUCK"}""", "qualification_type")]
    [InlineData("""{"qualification_type":"POINTS_IN_PERIOD"}""", "qualification_period")]
    [InlineData("""{"qualification_type":"BALANCE","expiration_date":{"type":"END_OF_PERIOD"}}""", "expiration_date.type")]
    [InlineData("""{"qualification_type":"BALANCE","expiration_date":{"type":"CUSTOM"}}""", "expiration_date.extend")]
    [InlineData("""{"qualification_type":"BALANCE","expiration_date":{"type":"CUSTOM","extend":"PT1H"}}""", "expiration_date.extend")]
    public void What_does_not_go_together_is_named(string settings, string field) => Assert.Equal(field, TierProgram.Read(JsonElement.Parse(settings)).Problem!.Field);

    private static TierProgram Program(string settings) => TierProgram.Read(JsonElement.Parse(settings)) is { Problem: null } read ? read.Program : throw new ArgumentException(settings);

    private static TierPoints Balance(long points) => new(points, default, 0, 0);

    private static TierPoints In(string period, long collected, long before) => new(0, ExpirationRuleTests.Day(period), collected, before);

    private static (TierStanding? Standing, TierMove Move) Next(TierProgram program, TierPoints points, TierStanding? present, string today) =>
        TierRules.Next(program, Tiers, points, present, ExpirationRuleTests.Day(today), Now);
}
