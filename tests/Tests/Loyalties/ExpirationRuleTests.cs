using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Marketing.Loyalties;

public sealed class ExpirationRuleTests
{
    [Theory]

    // Months, with the day kept within shorter months.
    [InlineData("""{"period_type":"MONTH","period_value":0}""", "2030-03-15", "2030-03-15")]
    [InlineData("""{"period_type":"MONTH","period_value":1}""", "2030-01-31", "2030-02-28")]
    [InlineData("""{"period_type":"MONTH","period_value":1}""", "2032-01-31", "2032-02-29")]
    [InlineData("""{"period_type":"MONTH","period_value":12}""", "2032-02-29", "2033-02-28")]
    [InlineData("""{"period_type":"MONTH","period_value":48}""", "2028-02-29", "2032-02-29")]
    [InlineData("""{"period_type":"MONTH","period_value":6}""", "2030-08-31", "2031-02-28")]

    // Rounded up to the end of something; what is at an end stays there.
    [InlineData("""{"period_type":"MONTH","period_value":1,"rounding_type":"END_OF_MONTH"}""", "2030-01-31", "2030-02-28")]
    [InlineData("""{"period_type":"MONTH","period_value":3,"rounding_type":"END_OF_MONTH"}""", "2030-01-01", "2030-04-30")]
    [InlineData("""{"period_type":"MONTH","period_value":0,"rounding_type":"END_OF_QUARTER"}""", "2030-03-31", "2030-03-31")]
    [InlineData("""{"period_type":"MONTH","period_value":1,"rounding_type":"END_OF_QUARTER"}""", "2030-03-31", "2030-06-30")]
    [InlineData("""{"period_type":"MONTH","period_value":1,"rounding_type":"END_OF_HALF_YEAR"}""", "2030-05-31", "2030-06-30")]
    [InlineData("""{"period_type":"MONTH","period_value":1,"rounding_type":"END_OF_HALF_YEAR"}""", "2030-06-01", "2030-12-31")]
    [InlineData("""{"period_type":"MONTH","period_value":12,"rounding_type":"END_OF_YEAR"}""", "2030-01-01", "2031-12-31")]
    [InlineData("""{"period_type":"MONTH","period_value":1,"rounding_type":"END_OF_YEAR"}""", "2030-12-31", "2031-12-31")]
    [InlineData("""{"period_type":"MONTH","period_value":1,"rounding_type":"PARTICULAR_MONTH","rounding_value":2}""", "2032-01-10", "2032-02-29")]
    [InlineData("""{"period_type":"MONTH","period_value":2,"rounding_type":"PARTICULAR_MONTH","rounding_value":2}""", "2030-01-10", "2031-02-28")]

    // A day of the year: that year's, or the next one's once it is over.
    [InlineData("""{"period_type":"FIXED_DAY_OF_YEAR","fixed_month":12,"fixed_day":31}""", "2030-01-01", "2030-12-31")]
    [InlineData("""{"period_type":"FIXED_DAY_OF_YEAR","fixed_month":12,"fixed_day":31}""", "2030-12-31", "2030-12-31")]
    [InlineData("""{"period_type":"FIXED_DAY_OF_YEAR","fixed_month":3,"fixed_day":1}""", "2030-03-02", "2031-03-01")]
    [InlineData("""{"period_type":"FIXED_DAY_OF_YEAR","fixed_month":2,"fixed_day":29}""", "2031-02-28", "2031-02-28")]
    [InlineData("""{"period_type":"FIXED_DAY_OF_YEAR","fixed_month":2,"fixed_day":29}""", "2031-03-01", "2032-02-29")]
    public void Points_can_be_spent_up_to_a_day(string rules, string earned, string ends) => Assert.Equal(Day(ends), ExpirationRule.Read(JsonElement.Parse(rules)).Rule!.EndOf(Day(earned)));

    [Theory]
    [InlineData("""{"period_type":"WEEK"}""", "period_type")]
    [InlineData("""{"period_type":"MONTH"}""", "period_value")]
    [InlineData("""{"period_type":"MONTH","period_value":-1}""", "period_value")]
    [InlineData("""{"period_type":"MONTH","period_value":1.5}""", "period_value")]
    [InlineData("""{"period_type":"MONTH","period_value":1,"rounding_type":"END"}""", "rounding_type")]
    [InlineData("""{"period_type":"MONTH","period_value":1,"rounding_type":"PARTICULAR_MONTH","rounding_value":13}""", "rounding_value")]
    [InlineData("""{"period_type":"FIXED_DAY_OF_YEAR","fixed_month":0,"fixed_day":1}""", "fixed_month")]
    [InlineData("""{"period_type":"FIXED_DAY_OF_YEAR","fixed_month":1,"fixed_day":32}""", "fixed_day")]
    public void What_is_wrong_is_named(string rules, string field) => Assert.Equal(field, ExpirationRule.Read(JsonElement.Parse(rules)).Problem!.Field);

    [Theory]
    [InlineData("P3M", 3, 0)]
    [InlineData("P1Y2M3W4D", 14, 25)]
    [InlineData("P10D", 0, 10)]
    public void A_duration_counts_months_and_days(string text, int months, int days) => Assert.Equal(new CalendarDuration(months, days), CalendarDuration.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("P")]
    [InlineData("PT1H")]
    [InlineData("3M")]
    [InlineData("P99999Y")]
    public void What_is_no_such_duration_is_none(string? text) => Assert.Null(CalendarDuration.Parse(text));

    internal static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
