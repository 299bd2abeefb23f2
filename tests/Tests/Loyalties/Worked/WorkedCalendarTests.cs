using Xunit;

namespace Marketing.Loyalties;

public sealed class WorkedCalendarTests
{
    private static readonly Dictionary<string, WorkedCalendar> Cases =
        new[] { MonthCases.All, RoundingCases.All, ZoneCases.All, TierCases.ByBalance, TierCases.ByPeriod }.SelectMany(static cases => cases).ToDictionary(static worked => worked.Name);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_worked_calendar_comes_out_as_it_was_counted(string name) => Cases[name].Check();

    [Fact]
    public void There_are_more_than_eighty_in_three_zones_and_more()
    {
        Assert.InRange(Cases.Count, 80, int.MaxValue);
        Assert.InRange(Cases.Values.Select(static worked => worked.Zone).Distinct().Count(), 4, int.MaxValue);
    }
}
