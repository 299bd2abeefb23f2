using System.Globalization;
using System.Text;
using Marketing.Segments;
using Xunit;

namespace Marketing.Filters;

/// <summary>One filter asked of one document.</summary>
internal static class Ask
{
    /// <summary>A Wednesday, so that a week has days on both sides.</summary>
    public static readonly DateTimeOffset Noon = At("2026-05-13T12:00:00Z");

    public static readonly TimeZoneInfo Warsaw = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    public static FilterSettings In(TimeZoneInfo zone, DayOfWeek weekStart = DayOfWeek.Monday) => new(zone, weekStart);

    public static string Filter(string field, string operation, string values) =>
        "{\"" + field + "\":{\"conditions\":{\"" + operation + "\":" + values + "}}}";

    public static Filter Parse(string filter, FilterSettings? settings = null)
    {
        var result = SegmentFilters.Parse(Encoding.UTF8.GetBytes(filter), settings ?? FilterSettings.Default);
        Assert.True(result is FilterParseResult.Ok, $"{filter}: {result}");
        return ((FilterParseResult.Ok)result).Filter;
    }

    public static FilterParseResult.Malformed Refusal(string filter) =>
        Assert.IsType<FilterParseResult.Malformed>(SegmentFilters.Parse(Encoding.UTF8.GetBytes(filter), FilterSettings.Default));

    public static FieldValues Read(FilterSet set, string document)
    {
        var values = set.NewValues();
        set.Read(Encoding.UTF8.GetBytes(document), values);
        return values;
    }

    public static bool Matches(string filter, string document, DateTimeOffset? now = null, FilterSettings? settings = null)
    {
        var set = new FilterSet([Parse(filter, settings)]);
        return set.Matches(0, Read(set, document), now ?? Noon);
    }

    public static bool Matches(
        string field, string operation, string values, string document, DateTimeOffset? now = null, FilterSettings? settings = null) =>
        Matches(Filter(field, operation, values), document, now, settings);

    public static DateTimeOffset? NextChange(
        string field, string operation, string values, string document, DateTimeOffset now, FilterSettings? settings = null)
    {
        var set = new FilterSet([Parse(Filter(field, operation, values), settings)]);
        return set.NextChange(0, Read(set, document), now);
    }

    /// <summary>A value that any metadata field takes for the operator.</summary>
    public static string SomeValueFor(string operation) => operation switch
    {
        "$after" or "$before" => "\"9999-12-31\"",
        "$in_location" or "$not_in_location" => """{"lat":52,"lng":21,"radius":10}""",
        _ when operation.Contains("days", StringComparison.Ordinal) || operation.Contains("_than", StringComparison.Ordinal)
            || operation.Contains("years", StringComparison.Ordinal) || operation.Contains("count", StringComparison.Ordinal)
            || operation is "$is_day" or "$is_month" or "$is_year" or "$is_day_of_month" => "3",
        _ => "true",
    };
}
