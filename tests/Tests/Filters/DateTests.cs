using Xunit;

namespace Marketing.Filters;

public sealed class DateTests
{
    [Theory]
    [InlineData("$after", "2026-05-12T23:59:59Z", false)]
    [InlineData("$after", "2026-05-13T23:59:59Z", false)]
    [InlineData("$after", "2026-05-14T00:00:00Z", true)]
    [InlineData("$before", "2026-05-12T23:59:59Z", true)]
    [InlineData("$before", "2026-05-13T00:00:00Z", false)]
    public void Before_and_after_a_day_leave_the_day_out(string operation, string created, bool expected) =>
        Assert.Equal(expected, Ask.Matches("created_at", operation, "\"2026-05-13\"", $$"""{"created_at":"{{created}}"}"""));

    [Fact]
    public void Before_and_after_an_instant_are_exact()
    {
        const string Document = """{"created_at":"2026-05-13T10:00:00Z"}""";
        Assert.False(Ask.Matches("created_at", "$after", "\"2026-05-13T10:00:00.000Z\"", Document));
        Assert.True(Ask.Matches("created_at", "$after", "[\"2026-05-13T09:59:59.999Z\"]", Document));
        Assert.True(Ask.Matches("created_at", "$before", "\"2026-05-13T12:00:01+02:00\"", Document));
        Assert.False(Ask.Matches("created_at", "$before", "\"2026-05-13T12:00:00+02:00\"", Document));
    }

    // Noon is 2026-05-13T12:00Z; three days of 24 hours before and after it are the borders.
    [Theory]
    [InlineData("$more_than_ago", "2026-05-10T11:59:59.9999999Z", true)]
    [InlineData("$more_than_ago", "2026-05-10T12:00:00Z", false)]
    [InlineData("$less_than_ago", "2026-05-10T12:00:00Z", false)]
    [InlineData("$less_than_ago", "2026-05-10T12:00:00.0000001Z", true)]
    [InlineData("$less_than_ago", "2026-05-13T12:00:00Z", true)]
    [InlineData("$less_than_ago", "2026-05-13T12:00:00.0000001Z", false)]
    [InlineData("$more_than", "2026-05-10T11:59:59.9999999Z", true)]
    [InlineData("$more_than", "2026-05-10T12:00:00Z", false)]
    [InlineData("$more_than_equal", "2026-05-10T12:00:00Z", true)]
    [InlineData("$more_than_equal", "2026-05-10T12:00:00.0000001Z", false)]
    [InlineData("$less_than", "2026-05-10T12:00:00Z", false)]
    [InlineData("$less_than_equal", "2026-05-10T12:00:00Z", true)]
    [InlineData("$less_than_equal", "2026-05-10T11:59:59.9999999Z", false)]
    [InlineData("$more_than_future", "2026-05-16T12:00:00.0000001Z", true)]
    [InlineData("$more_than_future", "2026-05-16T12:00:00Z", false)]
    [InlineData("$less_than_future", "2026-05-16T12:00:00Z", false)]
    [InlineData("$less_than_future", "2026-05-16T11:59:59.9999999Z", true)]
    [InlineData("$less_than_future", "2026-05-13T12:00:00Z", false)]
    [InlineData("$is_days_ago", "2026-05-10T00:00:00Z", true)]
    [InlineData("$is_days_ago", "2026-05-10T23:59:59Z", true)]
    [InlineData("$is_days_ago", "2026-05-11T00:00:00Z", false)]
    [InlineData("$is_days_in_future", "2026-05-16T23:59:59Z", true)]
    [InlineData("$is_days_in_future", "2026-05-17T00:00:00Z", false)]
    [InlineData("$is_years_ago", "2023-01-01T00:00:00Z", true)]
    [InlineData("$is_years_ago", "2023-12-31T23:59:59Z", true)]
    [InlineData("$is_years_ago", "2024-01-01T00:00:00Z", false)]
    public void Three_days_or_years_away_is_counted_from_now(string operation, string date, bool expected) =>
        Assert.Equal(
            expected,
            Ask.Matches("summary.orders.last_order_date", operation, "[3]", $$$$"""{"summary":{"orders":{"last_order_date":"{{{{date}}}}"}}}"""));

    [Fact]
    public void Someone_who_ordered_less_than_thirty_days_ago_is_found_by_a_plain_number()
    {
        const string Filter = """{"summary.orders.last_order_date":{"conditions":{"$less_than":[30]}}}""";
        Assert.True(Ask.Matches(Filter, """{"summary":{"orders":{"last_order_date":"2026-04-20T08:00:00Z"}}}"""));
        Assert.False(Ask.Matches(Filter, """{"summary":{"orders":{"last_order_date":"2026-04-01T08:00:00Z"}}}"""));
        Assert.False(Ask.Matches(Filter, "{}"));
    }

    [Theory]
    [InlineData("$yesterday", "2026-05-12", "2026-05-12")]
    [InlineData("$today", "2026-05-13", "2026-05-13")]
    [InlineData("$tomorrow", "2026-05-14", "2026-05-14")]
    [InlineData("$last_week", "2026-05-04", "2026-05-10")]
    [InlineData("$this_week", "2026-05-11", "2026-05-17")]
    [InlineData("$next_week", "2026-05-18", "2026-05-24")]
    [InlineData("$last_month", "2026-04-01", "2026-04-30")]
    [InlineData("$this_month", "2026-05-01", "2026-05-31")]
    [InlineData("$next_month", "2026-06-01", "2026-06-30")]
    [InlineData("$last_year", "2025-01-01", "2025-12-31")]
    [InlineData("$this_year", "2026-01-01", "2026-12-31")]
    [InlineData("$next_year", "2027-01-01", "2027-12-31")]
    public void A_calendar_window_has_a_first_and_a_last_day(string operation, string first, string last)
    {
        var day = DateOnly.ParseExact(first, "yyyy-MM-dd");
        var end = DateOnly.ParseExact(last, "yyyy-MM-dd");
        Assert.False(IsIn(day.AddDays(-1)));
        Assert.True(IsIn(day));
        Assert.True(IsIn(end));
        Assert.False(IsIn(end.AddDays(1)));

        bool IsIn(DateOnly date)
        {
            var asDay = Ask.Matches("metadata.day", operation, "[true]", $$$"""{"metadata":{"day":"{{{date:yyyy-MM-dd}}}"}}""");
            Assert.Equal(asDay, Ask.Matches("updated_at", operation, "[true]", $$"""{"updated_at":"{{date:yyyy-MM-dd}}T00:00:00Z"}"""));
            Assert.Equal(asDay, Ask.Matches("updated_at", operation, "[true]", $$"""{"updated_at":"{{date:yyyy-MM-dd}}T23:59:59.9999999Z"}"""));
            return asDay;
        }
    }

    [Fact]
    public void A_week_starts_on_the_day_of_the_project()
    {
        const string Sunday = """{"created_at":"2026-05-10T12:00:00Z"}""";
        Assert.False(Ask.Matches("created_at", "$this_week", "true", Sunday));
        Assert.True(Ask.Matches("created_at", "$this_week", "true", Sunday, settings: Ask.In(TimeZoneInfo.Utc, DayOfWeek.Sunday)));
    }

    [Theory]
    [InlineData("$is_day_of_month", "[13,14]", true)]
    [InlineData("$is_day_of_month", "12", false)]
    [InlineData("$is_day", "3", true)]
    [InlineData("$is_day", "\"wednesday\"", true)]
    [InlineData("$is_day", "[\"Sunday\",7,0]", false)]
    [InlineData("$is_month", "5", true)]
    [InlineData("$is_month", "\"May\"", true)]
    [InlineData("$is_month", "[4,6]", false)]
    [InlineData("$is_year", "\"2026\"", true)]
    [InlineData("$is_year", "2025", false)]
    public void Parts_of_a_date_are_those_of_its_day(string operation, string values, bool expected) =>
        Assert.Equal(expected, Ask.Matches("created_at", operation, values, """{"created_at":"2026-05-13T12:00:00Z"}"""));

    [Fact]
    public void Seven_and_zero_are_both_Sunday()
    {
        Assert.True(Ask.Matches("metadata.d", "$is_day", "7", """{"metadata":{"d":"2026-05-10"}}"""));
        Assert.True(Ask.Matches("metadata.d", "$is_day", "0", """{"metadata":{"d":"2026-05-10"}}"""));
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2026-13-01")]
    [InlineData("0000-01-01")]
    [InlineData("2026-5-1")]
    [InlineData("2026-05-13T25:00:00Z")]
    [InlineData("2026-05-13T10:60:00Z")]
    [InlineData("2026-05-13T10:00:60Z")]
    [InlineData("2026-05-13T10:00:00.Z")]
    [InlineData("2026-05-13T10:00:00+2")]
    [InlineData("2026-05-13T")]
    [InlineData("2026-05-13X10:00")]
    [InlineData("13.05.2026")]
    public void What_is_no_date_meets_no_date_condition(string value) =>
        Assert.False(Ask.Matches("created_at", "$after", "\"0001-01-01\"", $$"""{"created_at":"{{value}}"}"""));

    [Theory]
    [InlineData("2026-05-13T12:00")]
    [InlineData("2026-05-13 12:00:00")]
    [InlineData("2026-05-13T10:00:00Z")]
    [InlineData("2026-05-13T10:00:00.000z")]
    [InlineData("2026-05-13T13:30:00+03:30")]
    [InlineData("2026-05-13T05:00:00-0500")]
    [InlineData("2026-05-13T11:00:00.0+01")]
    [InlineData("2026-05-13T10:00:00.00000000000Z")]
    public void An_instant_may_be_written_in_many_ways(string value) => Assert.True(Ask.Matches(
        "created_at", "$is", "\"2026-05-13T10:00:00Z\"", $$"""{"created_at":"{{value}}"}""", settings: Ask.In(Ask.Warsaw)));

    // Warsaw put its clocks forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
    [Theory]
    [InlineData("2026-03-28T22:59:59Z", false)]
    [InlineData("2026-03-28T23:00:00Z", true)]
    [InlineData("2026-03-29T21:59:59Z", true)]
    [InlineData("2026-03-29T22:00:00Z", false)]
    public void The_day_of_the_clock_change_has_23_hours_in_spring(string now, bool isToday) =>
        Assert.Equal(isToday, Ask.Matches("metadata.d", "$today", "true", """{"metadata":{"d":"2026-03-29"}}""", Ask.At(now), Ask.In(Ask.Warsaw)));

    [Theory]
    [InlineData("2026-10-24T21:59:59Z", false)]
    [InlineData("2026-10-24T22:00:00Z", true)]
    [InlineData("2026-10-25T22:59:59Z", true)]
    [InlineData("2026-10-25T23:00:00Z", false)]
    public void The_day_of_the_clock_change_has_25_hours_in_autumn(string now, bool isToday) =>
        Assert.Equal(isToday, Ask.Matches("metadata.d", "$today", "true", """{"metadata":{"d":"2026-10-25"}}""", Ask.At(now), Ask.In(Ask.Warsaw)));

    [Fact]
    public void Relative_days_have_24_hours_across_a_clock_change()
    {
        const string Document = """{"created_at":"2026-03-28T12:00:00+01:00"}""";
        var noonNextDay = Ask.At("2026-03-29T12:00:00+02:00");
        Assert.False(Ask.Matches("created_at", "$more_than_ago", "1", Document, noonNextDay, Ask.In(Ask.Warsaw)));
        Assert.True(Ask.Matches("created_at", "$more_than_ago", "1", Document, noonNextDay.AddHours(1).AddMilliseconds(1), Ask.In(Ask.Warsaw)));
    }
}
