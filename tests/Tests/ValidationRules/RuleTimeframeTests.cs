using Xunit;

namespace Marketing.ValidationRules;

/// <summary>Windows of time that dates in metadata are compared with.</summary>
public sealed class RuleTimeframeTests
{
    [Theory]
    [InlineData("2026-03-20T09:00:00;P1D;PT1H", "2026-03-28T08:00:00Z", true)]
    [InlineData("2026-03-20T09:00:00;P1D;PT1H", "2026-03-28T07:59:59Z", false)]
    [InlineData("2026-03-20T09:00:00;P1D;PT1H", "2026-03-29T07:00:00Z", true)]
    [InlineData("2026-03-20T09:00:00;P1D;PT1H", "2026-03-29T08:00:00Z", false)]
    [InlineData("2026-03-20T09:00:00;P1D;PT1H", "2026-10-25T08:30:00Z", true)]
    [InlineData("2026-03-20T09:00:00;P1D;PT1H", "2026-03-19T08:30:00Z", false)]
    [InlineData("2026-03-20T22:00:00;P7D;PT4H", "2026-03-27T22:30:00Z", true)]
    [InlineData("2026-03-20T22:00:00;P1W;PT4H", "2026-03-28T00:59:59Z", true)]
    [InlineData("2026-03-20T22:00:00;P1W;PT4H", "2026-03-28T01:00:00Z", false)]
    [InlineData("2026-03-29T09:00:00;P1D;PT1H", "2026-03-30T07:30:00Z", true)]
    [InlineData("2026-03-29T09:00:00;P1D;PT1H", "2026-03-30T06:30:00Z", false)]
    [InlineData("2026-03-28T00:00:00Z;PT6H;PT90M", "2026-03-29T07:29:59Z", true)]
    [InlineData("2026-03-28T00:00:00Z;PT6H;PT90M", "2026-03-29T07:30:00Z", false)]
    public void A_window_comes_back_by_the_clocks_of_the_zone(string frame, string at, bool holds) => Assert.Equal(holds, Holds("$timeframe", frame, at));

    [Theory]
    [InlineData("18:00;20:01;2,3", "2026-05-13T16:00:00Z", true)]
    [InlineData("18:00;20:01;2,3", "2026-05-13T15:59:59Z", false)]
    [InlineData("18:00;20:01;2,3", "2026-05-13T18:00:59Z", true)]
    [InlineData("18:00;20:01;2,3", "2026-05-13T18:01:00Z", false)]
    [InlineData("18:00;20:01;2,3", "2026-05-14T16:30:00Z", false)]
    [InlineData("22:00;02:00;6", "2026-05-16T20:30:00Z", true)]
    [InlineData("22:00;02:00;6", "2026-05-16T23:59:59Z", true)]
    [InlineData("22:00;02:00;6", "2026-05-17T00:00:00Z", false)]
    [InlineData("22:00;02:00;6", "2026-05-17T20:30:00Z", false)]
    [InlineData("09:00;10:00;0", "2026-03-29T07:30:00Z", true)]
    [InlineData("09:00;10:00;0", "2026-10-25T08:30:00Z", true)]
    [InlineData("09:00;10:00;0", "2026-10-25T07:30:00Z", false)]
    public void Hours_of_a_day_are_those_of_the_clock(string window, string at, bool holds) => Assert.Equal(holds, Holds("$timeframe_daily_hours", window, at));

    [Theory]
    [InlineData("2026-11-14T16:00:00Z;2026-11-28T16:00:00Z", "2026-11-28T16:00:00Z", true)]
    [InlineData("2026-11-14T16:00:00Z;2026-11-28T16:00:00Z", "2026-11-28T16:00:01Z", false)]
    [InlineData("2026-11-14;2026-11-28", "2026-11-28T22:59:59Z", true)]
    [InlineData("2026-11-14;2026-11-28", "2026-11-28T23:00:00Z", false)]
    [InlineData("2026-11-14;2026-11-28", "2026-11-13T23:00:00Z", true)]
    public void A_day_lasts_until_its_end(string frame, string at, bool holds) => Assert.Equal(holds, Holds("$timeframe_absolute", frame, at));

    [Theory]
    [InlineData("$timeframe", "2026-05-13T00:00:00Z;P1M;PT1H")]
    [InlineData("$timeframe", "2026-05-13T00:00:00Z;P1D;P2D")]
    [InlineData("$timeframe", "2026-05-13T00:00:00Z;P1DT2H;PT1H")]
    [InlineData("$timeframe", "2026-05-13T00:00:00Z;P;PT1H")]
    [InlineData("$timeframe", "2026-05-13T00:00:00Z;P1D;PT0S")]
    [InlineData("$timeframe", "yesterday;P1D;PT1H")]
    [InlineData("$timeframe_absolute", "2026-05-13")]
    [InlineData("$timeframe_daily_hours", "18:00;25:00;1")]
    [InlineData("$timeframe_daily_hours", "18:00;20:00;7")]
    [InlineData("$timeframe_daily_hours", "18:00;20:00")]
    public void What_is_no_window_is_refused(string operation, string frame)
    {
        var problem = Assert.Single(Judge.Problems(Judge.One("order.metadata", $$"""{"{{operation}}":["{{frame}}"]}""", "pickup")));
        Assert.Equal($"rules.1.conditions.{operation}", problem.Field);
    }

    private static bool Holds(string operation, string frame, string at) => Judge.Holds(
        Judge.One("redemption.metadata", $$"""{"{{operation}}":["{{frame}}"]}""", "at"), Judge.Anybody with { Metadata = Judge.Json($$"""{"at":"{{at}}"}""") }, Judge.Warsaw);
}
