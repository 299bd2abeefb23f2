using static Marketing.Loyalties.WorkedCalendar;

namespace Marketing.Loyalties;

/// <summary>Points that last some months, and what is in which bucket.</summary>
internal static class MonthCases
{
    public static readonly IReadOnlyList<WorkedCalendar> All =
    [
        new("no months are the day itself", Utc, "0 months", "2030-03-15 +10 = 10 to 2030-03-15"),
        new("the same day of the next month", Utc, "1 months", "2030-01-15 +10 = 10 to 2030-02-15"),
        new("February has no 31st", Utc, "1 months", "2030-01-31 +10 = 10 to 2030-02-28"),
        new("in a leap year it has a 29th", Utc, "1 months", "2032-01-31 +10 = 10 to 2032-02-29"),
        new("April has no 31st", NewYork, "1 months", "2030-03-31 +10 = 10 to 2030-04-30"),
        new("the 28th is a day and not the end of a month", Warsaw, "1 months", "2030-02-28 +10 = 10 to 2030-03-28"),
        new("from a leap day a year on", Utc, "12 months", "2032-02-29 +10 = 10 to 2033-02-28"),
        new("from a leap day to a leap day", Kolkata, "48 months", "2028-02-29 +10 = 10 to 2032-02-29"),
        new("2100 is no leap year", Utc, "48 months", "2096-02-29 +10 = 10 to 2100-02-28"),
        new("six months from the end of August", Utc, "6 months", "2030-08-31 +10 = 10 to 2031-02-28"),
        new("over the end of the year", Warsaw, "2 months", "2030-12-31 +10 = 10 to 2031-02-28"),
        new("over the end of the year into a leap year", NewYork, "3 months", "2031-11-30 +10 = 10 to 2032-02-29"),
        new("the longest there is", Utc, "1200 months", "2032-02-29 +10 = 10 to 2132-02-29"),
        new("points without a rule stay", Utc, "for ever", "2030-01-01 +10; 2050-01-01 = 10 for ever"),

        new("days of earning that end on one day are one bucket", Utc, "1 months", "2030-01-28 +10; 2030-01-31 +5 = 15 to 2030-02-28"),
        new("what ends first is spent first", Utc, "1 months", "2030-01-01 +10; 2030-01-02 +10; 2030-01-03 -15 = 5 to 2030-02-02"),
        new("what never ends is spent last", Utc, "1 months", "2030-01-01 +10 for ever; 2030-01-02 +10; 2030-01-03 -12 = 8 for ever"),
        new("an empty bucket is gone", Utc, "1 months", "2030-01-01 +10; 2030-01-02 -10 = nothing"),
        new("what comes later does not last longer for what there was", Utc, "1 months", "2030-01-01 +10; 2030-01-20 +5 = 10 to 2030-02-01, 5 to 2030-02-20"),
        new("a transfer ends as if earned today", Utc, "1 months", "2030-01-01 +10; 2030-01-20 <5 = 10 to 2030-02-01, 5 to 2030-02-20"),
        new("the last day is a day to spend on", Utc, "1 months", "2030-01-31 +10; 2030-02-28T23:59Z -4 = 6 to 2030-02-28; 2030-03-01T00:00Z = nothing"),
        new("nobody looked for a year", Utc, "1 months", "2030-01-31 +10; 2030-03-31 +5; 2031-03-31 = nothing"),
        new("one bucket ends and the other does not", Utc, "1 months", "2030-01-31 +10; 2030-02-10 +5; 2030-03-01 = 5 to 2030-03-10"),
        new("one who comes late spends nothing that ended", Utc, "0 months", "2030-01-31 +10; 2030-02-01 +5 = 5 to 2030-02-01"),
    ];
}
