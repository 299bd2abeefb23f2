using static Marketing.Loyalties.WorkedCalendar;

namespace Marketing.Loyalties;

/// <summary>Ends of points that are rounded up, and those on a day of the year.</summary>
internal static class RoundingCases
{
    public static readonly IReadOnlyList<WorkedCalendar> All =
    [
        new("31 January and a month is 28 February, an end already", Utc, "1 months END_OF_MONTH", "2030-01-31 +10 = 10 to 2030-02-28"),
        new("1 April is in a month of 30 days", Warsaw, "3 months END_OF_MONTH", "2030-01-01 +10 = 10 to 2030-04-30"),
        new("February of a leap year", Utc, "0 months END_OF_MONTH", "2032-02-01 +10 = 10 to 2032-02-29"),
        new("all of a month ends at once", NewYork, "1 months END_OF_MONTH", "2030-01-01 +10; 2030-01-31 +5; 2030-02-01 +1 = 15 to 2030-02-28, 1 to 2030-03-31"),
        new("what is at the end of a quarter stays there", Utc, "0 months END_OF_QUARTER", "2030-03-31 +10 = 10 to 2030-03-31"),
        new("the day after is the next quarter", Utc, "0 months END_OF_QUARTER", "2030-04-01 +10 = 10 to 2030-06-30"),
        new("31 March and a month is 30 April", Warsaw, "1 months END_OF_QUARTER", "2030-03-31 +10 = 10 to 2030-06-30"),
        new("a quarter of the next year", Utc, "1 months END_OF_QUARTER", "2030-12-01 +10 = 10 to 2031-03-31"),
        new("31 July and two months is 30 September", Kolkata, "2 months END_OF_QUARTER", "2030-07-31 +10 = 10 to 2030-09-30"),
        new("the last day of a half-year", Utc, "0 months END_OF_HALF_YEAR", "2030-06-30 +10 = 10 to 2030-06-30"),
        new("the first day of a half-year", Utc, "0 months END_OF_HALF_YEAR", "2030-07-01 +10 = 10 to 2030-12-31"),
        new("31 May and a month is still June", Utc, "1 months END_OF_HALF_YEAR", "2030-05-31 +10 = 10 to 2030-06-30"),
        new("1 June and a month is July", Utc, "1 months END_OF_HALF_YEAR", "2030-06-01 +10 = 10 to 2030-12-31"),
        new("31 August and six months is February", NewYork, "6 months END_OF_HALF_YEAR", "2030-08-31 +10 = 10 to 2031-06-30"),
        new("any day of a year", Utc, "0 months END_OF_YEAR", "2030-01-01 +10 = 10 to 2030-12-31"),
        new("a whole year and the rest of the next", Warsaw, "12 months END_OF_YEAR", "2030-01-01 +10 = 10 to 2031-12-31"),
        new("31 December and a month is the next year", Utc, "1 months END_OF_YEAR", "2030-12-31 +10 = 10 to 2031-12-31"),
        new("a leap day and a year", Utc, "12 months END_OF_YEAR", "2032-02-29 +10 = 10 to 2033-12-31"),
        new("the month it would end in", Utc, "1 months PARTICULAR_MONTH 2", "2032-01-10 +10 = 10 to 2032-02-29"),
        new("the month is over, so it is the next year's", Utc, "2 months PARTICULAR_MONTH 2", "2030-01-10 +10 = 10 to 2031-02-28"),
        new("December on its last day", Kolkata, "0 months PARTICULAR_MONTH 12", "2030-12-31 +10 = 10 to 2030-12-31"),
        new("January after December", Utc, "0 months PARTICULAR_MONTH 1", "2030-12-31 +10 = 10 to 2031-01-31"),
        new("30 June and a year is June", Utc, "12 months PARTICULAR_MONTH 6", "2030-06-30 +10 = 10 to 2031-06-30"),
        new("1 July and a year is after June", Utc, "12 months PARTICULAR_MONTH 6", "2030-07-01 +10 = 10 to 2032-06-30"),

        new("the day is to come this year", Utc, "day 12-31", "2030-01-01 +10 = 10 to 2030-12-31"),
        new("the day is today", Warsaw, "day 12-31", "2030-12-31 +10 = 10 to 2030-12-31"),
        new("the day was yesterday", Utc, "day 3-1", "2030-03-02 +10 = 10 to 2031-03-01"),
        new("29 February is the 28th in other years", Utc, "day 2-29", "2031-02-28 +10 = 10 to 2031-02-28"),
        new("after the 28th it is the next year's, a leap year", Utc, "day 2-29", "2031-03-01 +10 = 10 to 2032-02-29"),
        new("on the 28th of a leap year a day is left", Utc, "day 2-29", "2032-02-28 +10; 2032-02-29 +5 = 15 to 2032-02-29"),
        new("31 April is the 30th", Utc, "day 4-31", "2030-04-30 +10 = 10 to 2030-04-30"),
        new("the day begins and ends with the project's midnight", NewYork, "day 6-30", "2030-07-01T03:59Z +10 = 10 to 2030-06-30; 2030-07-01T04:00Z +5 = 5 to 2031-06-30"),
    ];
}
