using Marketing.Filters;

namespace Marketing.FilterCatalogue;

/// <summary>An operator as a builder of filters explains it.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Kinds">The kinds of fields on which it means this.</param>
/// <param name="Takes">What its values are: <c>flag</c>, <c>value</c> (of the field's kind), <c>text</c>, <c>number</c>, <c>date</c>, <c>days</c>, <c>years</c>, <c>count</c>, <c>weekday</c>, <c>day_of_month</c>, <c>month</c>, <c>year</c> or <c>places</c>.</param>
/// <param name="Many">Whether there may be several.</param>
/// <param name="Sentence">What it asks.</param>
internal sealed record OperatorGuide(string Name, FieldKind Kinds, string Takes, bool Many, string Sentence)
{
    private const FieldKind Everything = FieldKind.Text | FieldKind.Number | FieldKind.Date | FieldKind.Any;
    private const FieldKind Texts = FieldKind.Text | FieldKind.Any;
    private const FieldKind Numbers = FieldKind.Number | FieldKind.Any;
    private const FieldKind Dates = FieldKind.Date | FieldKind.Any;

    /// <summary>All of them; where one means something else on dates it is there twice.</summary>
    public static IReadOnlyList<OperatorGuide> All { get; } =
    [
        new("$has_value", Everything, "flag", false, "There is a value; false: there is none."),
        new("$is_unknown", Everything, "flag", false, "There is no value; false: there is one."),
        new("$is", Everything, "value", true, "Equals one of the values; upper and lower case differ, and a day covers the whole day."),
        new("$in", Everything, "value", true, "Equals one of the values, as $is."),
        new("$is_not", Everything, "value", true, "Equals none of the values, or is unknown."),
        new("$not_in", Everything, "value", true, "Equals none of the values, as $is_not."),
        new("$contains", Texts, "text", true, "Has one of the texts somewhere; upper and lower case differ."),
        new("$not_contain", Texts, "text", true, "Has none of the texts, or is unknown."),
        new("$starts_with", Texts, "text", true, "Begins with one of the texts."),
        new("$ends_with", Texts, "text", true, "Ends with one of the texts."),
        new("$more_than", Numbers, "number", false, "Is larger than the number."),
        new("$more_than", FieldKind.Date, "days", false, "Is more than this many days ago."),
        new("$more_than_equal", Numbers, "number", false, "Is the number or larger."),
        new("$more_than_equal", FieldKind.Date, "days", false, "Is this many days ago or more."),
        new("$less_than", Numbers, "number", false, "Is smaller than the number."),
        new("$less_than", FieldKind.Date, "days", false, "Is less than this many days ago."),
        new("$less_than_equal", Numbers, "number", false, "Is the number or smaller."),
        new("$less_than_equal", FieldKind.Date, "days", false, "Is this many days ago or less."),
        new("$after", Dates, "date", false, "Is later than the day or the time."),
        new("$before", Dates, "date", false, "Is earlier than the day or the time."),
        new("$more_than_ago", Dates, "days", false, "Is more than this many days ago, 24 hours each."),
        new("$less_than_ago", Dates, "days", false, "Is in the last so many days, 24 hours each, and not in the future."),
        new("$more_than_future", Dates, "days", false, "Is more than this many days ahead, 24 hours each."),
        new("$less_than_future", Dates, "days", false, "Is in the next so many days, 24 hours each."),
        new("$is_days_ago", Dates, "days", true, "Is on the calendar day that was so many days ago."),
        new("$is_days_in_future", Dates, "days", true, "Is on the calendar day that comes in so many days."),
        new("$is_years_ago", Dates, "years", true, "Is in the calendar year that was so many years ago."),
        new("$yesterday", Dates, "flag", false, "Is yesterday, in the project's time zone; of a birth date, the birthday is."),
        new("$yesterday_md", Dates, "flag", false, "Has its anniversary yesterday, whatever the year."),
        new("$today", Dates, "flag", false, "Is today, in the project's time zone; of a birth date, the birthday is."),
        new("$today_md", Dates, "flag", false, "Has its anniversary today, whatever the year."),
        new("$tomorrow", Dates, "flag", false, "Is tomorrow, in the project's time zone; of a birth date, the birthday is."),
        new("$tomorrow_md", Dates, "flag", false, "Has its anniversary tomorrow, whatever the year."),
        new("$last_week", Dates, "flag", false, "Is in the last calendar week, in the project's time zone; of a birth date, the birthday is."),
        new("$last_week_md", Dates, "flag", false, "Has its anniversary in the last calendar week, whatever the year."),
        new("$this_week", Dates, "flag", false, "Is in this week, in the project's time zone; of a birth date, the birthday is."),
        new("$this_week_md", Dates, "flag", false, "Has its anniversary in this week, whatever the year."),
        new("$next_week", Dates, "flag", false, "Is in the next calendar week, in the project's time zone; of a birth date, the birthday is."),
        new("$next_week_md", Dates, "flag", false, "Has its anniversary in the next calendar week, whatever the year."),
        new("$last_month", Dates, "flag", false, "Is in the last calendar month, in the project's time zone; of a birth date, the birthday is."),
        new("$last_month_md", Dates, "flag", false, "Has its anniversary in the last calendar month, whatever the year."),
        new("$this_month", Dates, "flag", false, "Is in this month, in the project's time zone; of a birth date, the birthday is."),
        new("$this_month_md", Dates, "flag", false, "Has its anniversary in this month, whatever the year."),
        new("$next_month", Dates, "flag", false, "Is in the next calendar month, in the project's time zone; of a birth date, the birthday is."),
        new("$next_month_md", Dates, "flag", false, "Has its anniversary in the next calendar month, whatever the year."),
        new("$last_year", Dates, "flag", false, "Is in the last calendar year."),
        new("$this_year", Dates, "flag", false, "Is in this year."),
        new("$next_year", Dates, "flag", false, "Is in the next calendar year."),
        new("$is_day_of_month", Dates, "day_of_month", true, "Is on one of these days of a month, 1 to 31."),
        new("$is_day", Dates, "weekday", true, "Is on one of these weekdays, 0 for Sunday to 6 for Saturday, or by English name."),
        new("$is_month", Dates, "month", true, "Is in one of these months, 1 to 12, or by English name."),
        new("$is_year", Dates, "year", true, "Is in one of these years."),
        new("$is_days_ago_md", Dates, "days", true, "Had its anniversary so many days ago."),
        new("$is_more_days_ago_md", Dates, "days", true, "Had its last anniversary more than so many days ago."),
        new("$is_less_days_ago_md", Dates, "days", true, "Had its last anniversary less than so many days ago."),
        new("$is_days_in_future_md", Dates, "days", true, "Has its anniversary in so many days."),
        new("$is_more_days_in_future_md", Dates, "days", true, "Has its next anniversary in more than so many days."),
        new("$is_less_days_in_future_md", Dates, "days", true, "Has its next anniversary in less than so many days."),
        new("$count", FieldKind.Any, "count", true, "Is a list with one of these numbers of elements."),
        new("$count_less", FieldKind.Any, "count", false, "Is a list with fewer elements."),
        new("$count_more", FieldKind.Any, "count", false, "Is a list with more elements."),
        new("$in_location", FieldKind.Any, "places", true, "Is inside one of the circles or polygons."),
        new("$not_in_location", FieldKind.Any, "places", true, "Is inside none of the circles and polygons, or unknown."),
    ];
}
