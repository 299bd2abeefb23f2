using Xunit;

namespace Marketing.Filters;

public sealed class AnniversaryTests
{
    [Theory]
    [InlineData("$yesterday_md", "1990-05-12")]
    [InlineData("$today_md", "1990-05-13")]
    [InlineData("$tomorrow_md", "1990-05-14")]
    [InlineData("$last_week_md", "1990-05-04", "1990-05-10")]
    [InlineData("$this_week_md", "1990-05-11", "1990-05-17")]
    [InlineData("$next_week_md", "1990-05-18", "1990-05-24")]
    [InlineData("$last_month_md", "1990-04-01", "1990-04-30")]
    [InlineData("$this_month_md", "1990-05-01", "1990-05-31")]
    [InlineData("$next_month_md", "1990-06-01", "1990-06-30")]
    public void The_year_is_ignored(string operation, string first, string? last = null)
    {
        var from = DateOnly.ParseExact(first, "yyyy-MM-dd");
        var to = DateOnly.ParseExact(last ?? first, "yyyy-MM-dd");
        Assert.False(Celebrates(from.AddDays(-1)));
        Assert.True(Celebrates(from));
        Assert.True(Celebrates(to));
        Assert.False(Celebrates(to.AddDays(1)));
        Assert.True(Celebrates(from.AddYears(60)));

        bool Celebrates(DateOnly born) => Ask.Matches("metadata.born", operation, "[true]", $$$"""{"metadata":{"born":"{{{born:yyyy-MM-dd}}}"}}""");
    }

    [Theory]
    [InlineData("$is_days_ago_md", "3", "1990-05-10", true)]
    [InlineData("$is_days_ago_md", "3", "1990-05-11", false)]
    [InlineData("$is_days_ago_md", "[1,3]", "1990-05-12", true)]
    [InlineData("$is_more_days_ago_md", "3", "1990-05-09", true)]
    [InlineData("$is_more_days_ago_md", "3", "1990-05-10", false)]
    [InlineData("$is_more_days_ago_md", "3", "1990-05-14", true)]
    [InlineData("$is_less_days_ago_md", "3", "1990-05-10", false)]
    [InlineData("$is_less_days_ago_md", "3", "1990-05-11", true)]
    [InlineData("$is_less_days_ago_md", "3", "1990-05-13", true)]
    [InlineData("$is_less_days_ago_md", "3", "1990-05-14", false)]
    [InlineData("$is_days_in_future_md", "3", "1990-05-16", true)]
    [InlineData("$is_days_in_future_md", "3", "1990-05-15", false)]
    [InlineData("$is_more_days_in_future_md", "3", "1990-05-17", true)]
    [InlineData("$is_more_days_in_future_md", "3", "1990-05-16", false)]
    [InlineData("$is_more_days_in_future_md", "3", "1990-05-12", true)]
    [InlineData("$is_less_days_in_future_md", "3", "1990-05-15", true)]
    [InlineData("$is_less_days_in_future_md", "3", "1990-05-16", false)]
    [InlineData("$is_less_days_in_future_md", "3", "1990-05-13", true)]
    [InlineData("$is_less_days_in_future_md", "0", "1990-05-13", false)]
    public void Days_ago_count_from_the_latest_and_days_ahead_to_the_next_anniversary(string operation, string values, string born, bool expected) =>
        Assert.Equal(expected, Ask.Matches("birthdate", operation, values, $$"""{"birthdate":"{{born}}"}"""));

    [Theory]
    [InlineData("2026-02-28T12:00:00Z", true)]
    [InlineData("2026-03-01T12:00:00Z", false)]
    [InlineData("2028-02-28T12:00:00Z", false)]
    [InlineData("2028-02-29T12:00:00Z", true)]
    public void Who_was_born_on_the_29th_of_February_celebrates_on_the_28th_in_common_years(string now, bool expected) =>
        Assert.Equal(expected, Ask.Matches("birthdate", "$today_md", "true", """{"birthdate":"1992-02-29"}""", Ask.At(now)));

    [Fact]
    public void A_week_across_New_Year_sees_both_years()
    {
        var wednesday = Ask.At("2025-12-31T12:00:00Z");
        Assert.True(Ask.Matches("birthdate", "$this_week_md", "true", """{"birthdate":"1990-01-02"}""", wednesday));
        Assert.True(Ask.Matches("birthdate", "$this_week_md", "true", """{"birthdate":"1990-12-29"}""", wednesday));
        Assert.False(Ask.Matches("birthdate", "$this_week_md", "true", """{"birthdate":"1990-01-05"}""", wednesday));
        Assert.True(Ask.Matches("birthdate", "$next_month_md", "true", """{"birthdate":"1990-01-31"}""", wednesday));
    }

    [Fact]
    public void A_birthday_next_month_is_found_without_saying_md()
    {
        const string Filter = """{"junction":"and","birthdate":{"conditions":{"$next_month":[true]}}}""";
        Assert.True(Ask.Matches(Filter, """{"birthdate":"1990-06-17"}"""));
        Assert.False(Ask.Matches(Filter, """{"birthdate":"1990-05-17"}"""));
        Assert.False(Ask.Matches("birthday", "$this_year", "true", """{"birthdate":"1990-06-17"}"""));
    }
}
