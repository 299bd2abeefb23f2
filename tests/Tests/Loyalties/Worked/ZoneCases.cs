using static Marketing.Loyalties.WorkedCalendar;

namespace Marketing.Loyalties;

/// <summary>Midnights of projects: zones, clocks that are put forward and back, and points that wait for a day.</summary>
internal static class ZoneCases
{
    private const string Kiritimati = "Pacific/Kiritimati";
    private const string PagoPago = "Pacific/Pago_Pago";
    private const string Santiago = "America/Santiago";
    private const string Kathmandu = "Asia/Kathmandu";
    private const string LordHowe = "Australia/Lord_Howe";

    public static readonly IReadOnlyList<WorkedCalendar> All =
    [
        new("midnight in winter is 23:00 in UTC", Warsaw, "0 months", "2030-01-31T22:59Z +10 = 10 to 2030-01-31; 2030-01-31T23:00Z = nothing"),
        new("midnight in summer is 22:00", Warsaw, "0 months", "2030-07-31T21:59Z +10 = 10 to 2030-07-31; 2030-07-31T22:00Z +5 = 5 to 2030-08-01"),
        new("it is 1 February there", Warsaw, "1 months", "2030-01-31T23:00Z +10 = 10 to 2030-03-01"),
        new("and still 31 January here", Utc, "1 months", "2030-01-31T23:00Z +10 = 10 to 2030-02-28"),
        new("a day of 23 hours", Warsaw, "0 months", "2030-03-30T23:00Z +10 = 10 to 2030-03-31; 2030-03-31T21:59Z = 10 to 2030-03-31; 2030-03-31T22:00Z = nothing"),
        new("a day of 25 hours", Warsaw, "0 months", "2030-10-26T22:00Z +10; 2030-10-27T22:59Z = 10 to 2030-10-27; 2030-10-27T23:00Z = nothing"),
        new("the hour that comes twice is one day", Warsaw, "0 months", "2030-10-27T00:30Z +5; 2030-10-27T01:30Z +5 = 10 to 2030-10-27"),
        new("earned in winter, gone at the midnight of summer", Warsaw, "2 months", "2030-02-15 +10; 2030-04-15T21:59Z = 10 to 2030-04-15; 2030-04-15T22:00Z = nothing"),
        new("earned in summer, gone at the midnight of winter", Warsaw, "2 months", "2030-09-15 +10; 2030-11-15T22:00Z = 10 to 2030-11-15; 2030-11-15T23:00Z = nothing"),
        new("the year ends five hours later", NewYork, "12 months END_OF_YEAR", "2030-01-01T04:59Z +10 = 10 to 2030-12-31"),
        new("and begins then", NewYork, "12 months END_OF_YEAR", "2030-01-01T05:00Z +10 = 10 to 2031-12-31"),
        new("the second Sunday of March has 23 hours", NewYork, "0 months", "2030-03-10T05:00Z +10; 2030-03-11T03:59Z = 10 to 2030-03-10; 2030-03-11T04:00Z = nothing"),
        new("the first Sunday of November has 25", NewYork, "0 months", "2030-11-03T04:00Z +10; 2030-11-04T04:59Z = 10 to 2030-11-03; 2030-11-04T05:00Z = nothing"),
        new("midnight is 18:30 in UTC", Kolkata, "0 months END_OF_QUARTER", "2030-06-30T18:29Z +10 = 10 to 2030-06-30; 2030-06-30T18:30Z +5 = 5 to 2030-09-30"),
        new("midnight is 18:15", Kathmandu, "1 months", "2030-01-30T18:14Z +10 = 10 to 2030-02-28; 2030-02-28T18:14Z = 10 to 2030-02-28; 2030-02-28T18:15Z = nothing"),
        new("14 hours ahead", Kiritimati, "0 months", "2030-02-27T09:59Z +10 = 10 to 2030-02-27; 2030-02-27T10:00Z +5 = 5 to 2030-02-28"),
        new("11 hours behind, a leap day", PagoPago, "12 months", "2032-03-01T10:59Z +10 = 10 to 2033-02-28; 2032-03-01T11:00Z +5 = 10 to 2033-02-28, 5 to 2033-03-01"),
        new("a day that begins at one o'clock, as its midnight is skipped", Santiago, "0 months", "2030-09-08T03:59Z +10 = 10 to 2030-09-07; 2030-09-08T04:00Z +5 = 5 to 2030-09-08; 2030-09-09T02:59Z = 5 to 2030-09-08; 2030-09-09T03:00Z = nothing"),
        new("a clock that is put back at midnight makes the day before longer", Santiago, "0 months", "2030-04-07T02:59Z +10; 2030-04-07T03:30Z +5 = 15 to 2030-04-06; 2030-04-07T04:00Z = nothing"),
        new("a clock that is put back by half an hour", LordHowe, "0 months", "2030-04-06T13:00Z +10 = 10 to 2030-04-07; 2030-04-07T13:29Z = 10 to 2030-04-07; 2030-04-07T13:30Z = nothing"),

        new("points wait until their day begins", Utc, "1 months", "2030-03-01 waits 10 for 3 = 10 wait; 2030-03-03T23:59Z = 10 wait; 2030-03-04T00:00Z = 10 to 2030-04-04"),
        new("they wait into a leap day", Utc, "12 months", "2032-02-27 waits 10 for 2; 2032-02-29 = 10 to 2033-02-28"),
        new("in another year that is 1 March", Utc, "12 months", "2030-02-27 waits 10 for 2; 2030-02-28 = 10 wait; 2030-03-01 = 10 to 2031-03-01"),
        new("half an hour is a day where midnight is in between", Warsaw, "0 months", "2030-03-30T22:30Z waits 10 for 1 = 10 wait; 2030-03-30T23:00Z = 10 to 2030-03-31"),
        new("the end counts from the day on which they are points", Warsaw, "0 months END_OF_YEAR", "2030-12-31 waits 10 for 1; 2031-01-01 = 10 to 2031-12-31"),
        new("they become points and end with that day", Utc, "0 months", "2030-03-01 waits 10 for 2; 2030-03-03 = 10 to 2030-03-03; 2030-03-04 = nothing"),
        new("late by a week it comes to the same", Utc, "0 months", "2030-03-01 waits 10 for 2; 2030-03-10 = nothing"),
        new("points that wait cannot be spent", NewYork, "1 months", "2030-03-01 +5; 2030-03-01 waits 10 for 90; 2030-03-02 -5 = 10 wait; 2030-05-30 = 10 to 2030-06-30"),
        new("what became points first ends first, however late anybody looks", Utc, "1 months", "2030-03-01 waits 10 for 2; 2030-03-01 waits 5 for 9; 2030-03-20 = 10 to 2030-04-03, 5 to 2030-04-10"),
    ];
}
