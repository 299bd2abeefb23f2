using static Marketing.Loyalties.WorkedCalendar;

namespace Marketing.Loyalties;

/// <summary>When tiers begin and end. Silver begins at 100 points, gold at 1,000.</summary>
internal static class TierCases
{
    public static readonly IReadOnlyList<WorkedCalendar> ByBalance =
    [
        new("up and down with the balance", Utc, "for ever", "2030-01-01 +100 = 100 for ever, silver 2030-01-01 on; 2030-01-02 +900 = 1000 for ever, gold 2030-01-02 on; 2030-01-03 -1 = 999 for ever, silver 2030-01-03 on; 2030-01-04 -900 = 99 for ever", "balance"),
        new("more of the same tier does not begin it again", Utc, "for ever", "2030-01-01 +100; 2030-01-02 +50 = 150 for ever, silver 2030-01-01 on", "balance"),
        new("gone with the points", Warsaw, "0 months", "2030-01-01 +100 = 100 to 2030-01-01, silver 2030-01-01 on; 2030-01-01T23:00Z = nothing", "balance"),
        new("down with those points that ended", NewYork, "1 months", "2030-01-10 +950; 2030-01-20 +100; 2030-02-11 = 100 to 2030-02-20, silver 2030-02-11 on", "balance"),
        new("a transfer is on the balance too", Utc, "for ever", "2030-01-01 <100 = 100 for ever, silver 2030-01-01 on", "balance"),
        new("points that wait are no balance", Utc, "for ever", "2030-01-01 waits 100 for 2 = 100 wait; 2030-01-03 = 100 for ever, silver 2030-01-03 on", "balance"),

        new("kept for three months whatever is spent, then lost", Utc, "for ever", "2030-01-31 +1000; 2030-02-01 -1000 = gold 2030-01-31 to 2030-04-30; 2030-04-30T23:59Z = gold 2030-01-31 to 2030-04-30; 2030-05-01T00:00Z = nothing", "balance P3M"),
        new("prolonged on the day after its last one, not before", Kolkata, "for ever", "2030-01-31 +1000; 2030-04-30 = 1000 for ever, gold 2030-01-31 to 2030-04-30; 2030-05-01 = 1000 for ever, gold 2030-01-31 to 2030-08-01", "balance P3M"),
        new("down to what the balance reaches by then", Utc, "for ever", "2030-01-31 +1000; 2030-02-01 -500; 2030-05-01 = 500 for ever, silver 2030-05-01 to 2030-08-01", "balance P3M"),
        new("higher is at once, with a time of its own", Utc, "for ever", "2030-01-31 +100; 2030-02-15 +900 = 1000 for ever, gold 2030-02-15 to 2030-05-15", "balance P3M"),
        new("31 January and a month", Utc, "for ever", "2030-01-31 +100 = 100 for ever, silver 2030-01-31 to 2030-02-28", "balance P1M"),
        new("in a leap year", Warsaw, "for ever", "2032-01-31 +100 = 100 for ever, silver 2032-01-31 to 2032-02-29", "balance P1M"),
        new("a leap day and a year", Utc, "for ever", "2032-02-29 +100 = 100 for ever, silver 2032-02-29 to 2033-02-28", "balance P1Y"),
        new("two weeks over a leap day", Utc, "for ever", "2032-02-20 +100 = 100 for ever, silver 2032-02-20 to 2032-03-05", "balance P2W"),
        new("months first, then days", Utc, "for ever", "2030-01-31 +100 = 100 for ever, silver 2030-01-31 to 2030-03-10", "balance P1M10D"),
        new("each end in turn where nobody looked: 15 February, 16 March, 17 April", NewYork, "for ever", "2030-01-15 +100; 2030-04-01 = 100 for ever, silver 2030-01-15 to 2030-04-17", "balance P1M"),
        new("in a night tiers are looked at before points end: the balance is still there", Utc, "1 months", "2030-01-15 +100; 2030-02-16 = silver 2030-01-15 to 2030-03-16; 2030-03-17 = nothing", "balance P1M"),
        new("points that came on the last day count", Utc, "for ever", "2030-01-15 +100; 2030-02-01 -100; 2030-02-15 +100; 2030-02-16 = 100 for ever, silver 2030-01-15 to 2030-03-16", "balance P1M"),
        new("points of the day after make the tier anew", Utc, "for ever", "2030-01-15 +100; 2030-02-01 -100; 2030-02-16 +100 = 100 for ever, silver 2030-02-16 to 2030-03-16", "balance P1M"),

        new("rounded up to the end of the quarter", Utc, "for ever", "2030-01-15 +100 = 100 for ever, silver 2030-01-15 to 2030-06-30", "balance P3M round QUARTER END"),
        new("to the end of the half-year", Warsaw, "for ever", "2030-04-15 +100 = 100 for ever, silver 2030-04-15 to 2030-12-31", "balance P3M round HALF_YEAR END"),
        new("to the end of the year", Utc, "for ever", "2030-01-15 +100 = 100 for ever, silver 2030-01-15 to 2030-12-31", "balance P3M round YEAR END"),
        new("to the end of a month of 28 days", Utc, "for ever", "2030-01-15 +100 = 100 for ever, silver 2030-01-15 to 2030-02-28", "balance P1M round MONTH END"),
        new("down to the beginning of the month", Utc, "for ever", "2030-01-15 +100 = 100 for ever, silver 2030-01-15 to 2030-04-01", "balance P3M round MONTH START"),
        new("down to the beginning of the half-year", Kolkata, "for ever", "2030-02-10 +100 = 100 for ever, silver 2030-02-10 to 2030-07-01", "balance P6M round HALF_YEAR START"),
        new("to the end of the month it is in", Utc, "for ever", "2030-01-15 +100 = 100 for ever, silver 2030-01-15 to 2030-04-30", "balance P3M round CUSTOM 4 END"),
        new("to the next March", Utc, "for ever", "2030-01-15 +100 = 100 for ever, silver 2030-01-15 to 2031-03-31", "balance P3M round CUSTOM 3 END"),
        new("to a February of 29 days", Utc, "for ever", "2031-01-10 +100 = 100 for ever, silver 2031-01-10 to 2032-02-29", "balance P12M round CUSTOM 2 END"),
        new("to the beginning of the next March", NewYork, "for ever", "2030-01-15 +100 = 100 for ever, silver 2030-01-15 to 2031-03-01", "balance P3M round CUSTOM 3 START"),
        new("left where it would be over before it begins", Utc, "for ever", "2030-01-15 +100 = 100 for ever, silver 2030-01-15 to 2030-04-15", "balance P3M round YEAR START"),
    ];

    public static readonly IReadOnlyList<WorkedCalendar> ByPeriod =
    [
        new("until the quarter ends", Utc, "for ever", "2030-02-10 +100 = 100 for ever, silver 2030-02-10 to 2030-03-31; 2030-04-01 = 100 for ever", "QUARTER now period"),
        new("a February of 29 days", Utc, "for ever", "2032-02-10 +100 = 100 for ever, silver 2032-02-10 to 2032-02-29", "MONTH now period"),
        new("until the next quarter ends, over the year", Warsaw, "for ever", "2030-11-05 +100 = 100 for ever, silver 2030-11-05 to 2031-03-31", "QUARTER now next-period"),
        new("the last day of a half-year", Utc, "for ever", "2030-06-30 +100 = 100 for ever, silver 2030-06-30 to 2030-12-31", "HALF_YEAR now next-period"),
        new("the first day of one", Utc, "for ever", "2030-07-01 +100 = 100 for ever, silver 2030-07-01 to 2031-06-30", "HALF_YEAR now next-period"),
        new("through the year that follows, and no longer", Utc, "for ever", "2030-05-10 +1000 = 1000 for ever, gold 2030-05-10 to 2031-12-31; 2031-12-31 = 1000 for ever, gold 2030-05-10 to 2031-12-31; 2032-01-01 = 1000 for ever", "YEAR now next-period"),
        new("reached again, it is prolonged at once", Kolkata, "for ever", "2030-05-10 +1000; 2031-06-01 +1000 = 2000 for ever, gold 2030-05-10 to 2032-12-31", "YEAR now next-period"),
        new("what was reached below it comes when it ends, from that day on", Utc, "for ever", "2030-05-10 +1000; 2031-06-01 +300 = 1300 for ever, gold 2030-05-10 to 2031-12-31; 2032-01-01 = 1300 for ever, silver 2032-01-01 to 2032-12-31", "YEAR now next-period"),
        new("higher within the period", Utc, "for ever", "2030-02-10 +100; 2030-03-01 +900 = 1000 for ever, gold 2030-03-01 to 2030-03-31", "QUARTER now period"),
        new("what is spent was collected all the same", Utc, "for ever", "2030-02-10 +60; 2030-02-11 -60; 2030-02-12 +40 = 40 for ever, silver 2030-02-12 to 2030-03-31", "QUARTER now period"),
        new("two periods are not added up", Utc, "for ever", "2030-03-31 +60; 2030-04-01 +60 = 120 for ever", "QUARTER now period"),
        new("a transfer was collected by somebody else", Utc, "for ever", "2030-02-10 <100 = 100 for ever", "QUARTER now period"),
        new("points that waited count when they are points", NewYork, "for ever", "2030-03-31 waits 100 for 1 = 100 wait; 2030-04-01 = 100 for ever, silver 2030-04-01 to 2030-06-30", "QUARTER now period"),
        new("points that ended were collected", Utc, "0 months", "2030-02-10 +100; 2030-02-11 = silver 2030-02-10 to 2030-03-31", "QUARTER now period"),

        new("begins with the next quarter and ends after its grace", Utc, "for ever", "2030-02-10 +100 = 100 for ever; 2030-03-31 = 100 for ever; 2030-04-01 = 100 for ever, silver 2030-04-01 to 2030-07-10; 2030-07-10 = 100 for ever, silver 2030-04-01 to 2030-07-10; 2030-07-11 = 100 for ever", "QUARTER next period extend P10D"),
        new("reached in each quarter, it goes on", Utc, "for ever", "2030-02-10 +100; 2030-05-10 +100 = 200 for ever, silver 2030-04-01 to 2030-06-30; 2030-07-01 = 200 for ever, silver 2030-04-01 to 2030-09-30", "QUARTER next period"),
        new("a minute before midnight is still December", Warsaw, "for ever", "2030-12-31T22:59Z +100 = 100 for ever; 2030-12-31T23:00Z = 100 for ever, silver 2031-01-01 to 2031-01-31", "MONTH next period"),
        new("at midnight it is January", Warsaw, "for ever", "2030-12-31T23:00Z +100 = 100 for ever; 2031-01-31T23:00Z = 100 for ever, silver 2031-02-01 to 2031-02-28", "MONTH next period"),
        new("until the end of the period after the next", Utc, "for ever", "2030-02-10 +100; 2030-04-01 = 100 for ever, silver 2030-04-01 to 2030-09-30", "QUARTER next next-period"),
        new("late by two quarters it comes to the same", Utc, "for ever", "2030-02-10 +100; 2030-08-15 = 100 for ever, silver 2030-04-01 to 2030-09-30; 2030-10-01 = 100 for ever", "QUARTER next next-period"),

        new("what was reached below a longer one comes after it", Utc, "for ever", "2030-02-10 +1000; 2030-05-10 +300; 2030-09-30 = 1300 for ever, gold 2030-04-01 to 2030-09-30; 2030-10-01 = 1300 for ever, silver 2030-10-01 to 2030-12-31; 2031-01-01 = 1300 for ever", "QUARTER next next-period"),
        new("also after a year of grace, however late anybody looks", NewYork, "for ever", "2030-02-10 +1000; 2030-05-10 +300; 2031-05-01 = 1300 for ever, silver 2031-04-01 to 2031-06-30", "QUARTER now period extend P1Y"),

        new("ten days of grace", Utc, "for ever", "2030-02-10 +100; 2030-04-10 = 100 for ever, silver 2030-02-10 to 2030-04-10; 2030-04-11 = 100 for ever", "QUARTER now period extend P10D"),
        new("reached again in the grace", Utc, "for ever", "2030-02-10 +100; 2030-04-05 +100 = 200 for ever, silver 2030-02-10 to 2030-07-10", "QUARTER now period extend P10D"),
        new("a higher one in the grace", Utc, "for ever", "2030-02-10 +100; 2030-04-05 +1000 = 1100 for ever, gold 2030-04-05 to 2030-07-10", "QUARTER now period extend P10D"),
        new("31 March and a month is 30 April", Utc, "for ever", "2030-02-10 +100 = 100 for ever, silver 2030-02-10 to 2030-04-30", "QUARTER now period extend P1M"),
        new("1 April, rounded to the end of its month", Kolkata, "for ever", "2030-02-10 +100 = 100 for ever, silver 2030-02-10 to 2030-04-30", "QUARTER now period extend P1D round MONTH END"),
        new("1 April, rounded to the end of its half-year", Utc, "for ever", "2030-02-10 +100 = 100 for ever, silver 2030-02-10 to 2030-06-30", "QUARTER now period extend P1D round HALF_YEAR END"),
        new("the beginning of the quarter was before it began", Utc, "for ever", "2030-02-10 +100 = 100 for ever, silver 2030-02-10 to 2030-03-31", "QUARTER now period round QUARTER START"),
        new("30 June and a month, down to the beginning of its quarter", Utc, "for ever", "2030-02-10 +100 = 100 for ever, silver 2030-02-10 to 2030-07-01", "QUARTER now next-period extend P1M round QUARTER START"),
        new("the year ends at 18:30 in UTC", Kolkata, "for ever", "2030-12-31T18:29Z +60; 2030-12-31T18:30Z +60 = 120 for ever", "YEAR now period"),
        new("a minute apart, and one year", Utc, "for ever", "2030-12-31T18:29Z +60; 2030-12-31T18:30Z +60 = 120 for ever, silver 2030-12-31 to 2030-12-31", "YEAR now period"),
        new("the quarter ends in the summer of New York", NewYork, "for ever", "2030-07-01T03:59Z +100 = 100 for ever, silver 2030-06-30 to 2030-06-30; 2030-07-01T04:00Z = 100 for ever", "QUARTER now period"),
    ];
}
