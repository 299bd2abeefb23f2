using System.Globalization;

namespace Marketing.Filters;

/// <summary>
/// Every operator that can be asked of a customer, by name. What the relative ones mean to the tick stands at
/// <see cref="RelativeCondition"/>, the calendar at <see cref="ZoneCalendar"/>, the anniversaries at
/// <see cref="AnniversaryCondition"/>; the user's view of all of it is docs/filters.md.
/// </summary>
internal static class FilterOperators
{
    private const FieldKind Everything = FieldKind.Text | FieldKind.Number | FieldKind.Date | FieldKind.Any;

    // A century and a half of days; more is a slip of the pen and would only leave the calendar.
    private const int MaxDays = 54_800;

    private static readonly HashSet<string> NotForCustomers =
        ["$active", "$failed", "$in_progress", "$expired", "$before_start", "$enabled", "$disabled", "$redeemed", "$redeemable"];

    private static readonly Dictionary<string, FilterOperator> ByName = new(
    [
        .. Presence(), .. Equality(), .. Texts(), .. Numbers(), .. Dates(), .. Windows(), .. CalendarParts(), .. Anniversaries(), .. Others(),
    ]);

    /// <summary>The names of all operators of customers.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Finds the operator for a field, or says why it cannot be asked there.</summary>
    public static FilterOperator? Find(string name, FilterField field, out string refusal)
    {
        refusal = "";
        if (!ByName.TryGetValue(name, out var found))
        {
            refusal = NotForCustomers.Contains(name) ? $"'{name}' is about vouchers and campaigns; it does not apply to customers."
                : $"'{name}' is not an operator{Hint(name, field)}";
            return null;
        }

        if (!found.Fits.HasFlag(field.Kind))
        {
            refusal = $"'{name}' compares {found.Subject}, and '{field.Path}' is a {KindWord(field.Kind)}; it takes {string.Join(", ", FittingFor(field))}.";
            return null;
        }

        return found;
    }

    private static string Hint(string name, FilterField field) => Spelling.Nearest(name, FittingFor(field)) is { } nearest
        ? $"; did you mean '{nearest}'?"
        : $"; here it can be {string.Join(", ", FittingFor(field))}.";

    private static IEnumerable<string> FittingFor(FilterField field) => ByName.Where(entry => entry.Value.Fits.HasFlag(field.Kind)).Select(entry => entry.Key);

    private static string KindWord(FieldKind kind) => kind is FieldKind.Text ? "text" : kind is FieldKind.Number ? "number" : "date";

    private static KeyValuePair<string, FilterOperator> Operator(string name, FieldKind fits, string subject, Func<OperandReader, Condition> build) =>
        KeyValuePair.Create(name, new FilterOperator(fits, subject, build));

    private static IEnumerable<KeyValuePair<string, FilterOperator>> Presence() =>
    [
        Operator("$is_unknown", Everything, "anything", reader => Unknown(reader.Flag())),
        Operator("$has_value", Everything, "anything", reader => Unknown(!reader.Flag())),
    ];

    private static IEnumerable<KeyValuePair<string, FilterOperator>> Equality() =>
    [
        Operator("$is", Everything, "anything", Equal),
        Operator("$in", Everything, "anything", Equal),
        Operator("$is_not", Everything, "anything", reader => new NotCondition(Equal(reader))),
        Operator("$not_in", Everything, "anything", reader => new NotCondition(Equal(reader))),
    ];

    private static IEnumerable<KeyValuePair<string, FilterOperator>> Texts()
    {
        const FieldKind Fits = FieldKind.Text | FieldKind.Any;
        return
        [
            Operator("$contains", Fits, "text", reader => new TextCondition(TextTest.Contains, reader.Texts())),
            Operator("$not_contain", Fits, "text", reader => new NotCondition(new TextCondition(TextTest.Contains, reader.Texts()))),
            Operator("$starts_with", Fits, "text", reader => new TextCondition(TextTest.StartsWith, reader.Texts())),
            Operator("$ends_with", Fits, "text", reader => new TextCondition(TextTest.EndsWith, reader.Texts())),
        ];
    }

    /// <summary>On a date field a plain number means days ago, as the reference documents for every date-time condition.</summary>
    private static IEnumerable<KeyValuePair<string, FilterOperator>> Numbers()
    {
        return
        [
            Order("$more_than", Comparison.More, Relation.MoreThanAgo),
            Order("$more_than_equal", Comparison.MoreOrEqual, Relation.AtLeastAgo),
            Order("$less_than", Comparison.Less, Relation.LessThanAgo),
            Order("$less_than_equal", Comparison.LessOrEqual, Relation.AtMostAgo),
        ];

        static KeyValuePair<string, FilterOperator> Order(string name, Comparison comparison, Relation relation) => Operator(
            name, FieldKind.Number | FieldKind.Date | FieldKind.Any, "numbers",
            reader => reader.Field.Kind is FieldKind.Date ? Relative(reader, relation) : new NumberCondition(comparison, reader.OneNumber()));
    }

    private static IEnumerable<KeyValuePair<string, FilterOperator>> Dates() =>
    [
        Dated("$after", reader => new DateOrderCondition(Comparison.More, reader.OneDate(), reader.Calendar)),
        Dated("$before", reader => new DateOrderCondition(Comparison.Less, reader.OneDate(), reader.Calendar)),
        Dated("$more_than_ago", reader => Relative(reader, Relation.MoreThanAgo)),
        Dated("$less_than_ago", reader => Relative(reader, Relation.LessThanAgo)),
        Dated("$more_than_future", reader => Relative(reader, Relation.MoreThanAhead)),
        Dated("$less_than_future", reader => Relative(reader, Relation.LessThanAhead)),
        Dated("$is_days_ago", reader => InWindows(reader, MaxDays, days => new CalendarWindow(CalendarUnit.Day, days))),
        Dated("$is_days_in_future", reader => InWindows(reader, MaxDays, days => new CalendarWindow(CalendarUnit.Day, -days))),
        Dated("$is_years_ago", reader => InWindows(reader, max: 150, years => new CalendarWindow(CalendarUnit.Year, years))),
    ];

    private static IEnumerable<KeyValuePair<string, FilterOperator>> Windows() =>
    [
        .. Window("$yesterday", CalendarUnit.Day, 1), .. Window("$today", CalendarUnit.Day, 0), .. Window("$tomorrow", CalendarUnit.Day, -1),
        .. Window("$last_week", CalendarUnit.Week, 1), .. Window("$this_week", CalendarUnit.Week, 0), .. Window("$next_week", CalendarUnit.Week, -1),
        .. Window("$last_month", CalendarUnit.Month, 1), .. Window("$this_month", CalendarUnit.Month, 0),
        .. Window("$next_month", CalendarUnit.Month, -1),
        .. Window("$last_year", CalendarUnit.Year, 1), .. Window("$this_year", CalendarUnit.Year, 0), .. Window("$next_year", CalendarUnit.Year, -1),
    ];

    /// <summary>A window with the year and, where the year can be left out, its <c>_md</c> twin.</summary>
    private static IEnumerable<KeyValuePair<string, FilterOperator>> Window(string name, CalendarUnit unit, int ago)
    {
        var window = new CalendarWindow(unit, ago);
        if (unit is CalendarUnit.Year)
        {
            return [Dated(name, WithYear)];
        }

        return [Dated(name, reader => reader.Field.IsBirthday ? WithoutYear(reader) : WithYear(reader)), Dated($"{name}_md", WithoutYear)];

        Condition WithYear(OperandReader reader)
        {
            reader.Asked();
            return new CalendarCondition([window], reader.Calendar);
        }

        Condition WithoutYear(OperandReader reader)
        {
            reader.Asked();
            return new AnniversaryCondition([anniversary => window.TodaysFor(anniversary.Day, reader.Calendar)], reader.Calendar);
        }
    }

    /// <summary>
    /// <c>$is_day</c> is the weekday, 0 for Sunday to 6 for Saturday as in the validity days of vouchers (7 is Sunday too), or its
    /// English name; that the operator means the weekday is inferred from <c>$is_day_of_month</c> standing beside it.
    /// </summary>
    private static IEnumerable<KeyValuePair<string, FilterOperator>> CalendarParts() =>
    [
        Dated("$is_day_of_month", reader => new CalendarPartCondition(date => date.Day, reader.Wholes(1, 31), reader.Calendar)),
        Dated("$is_day", reader => new CalendarPartCondition(
            date => (int)date.DayOfWeek,
            [.. reader.Wholes(0, 7, DateTimeFormatInfo.InvariantInfo.DayNames).Select(day => day % 7)],
            reader.Calendar)),
        Dated("$is_month", reader => new CalendarPartCondition(
            date => date.Month, reader.Wholes(1, 12, DateTimeFormatInfo.InvariantInfo.MonthNames[..12]), reader.Calendar)),
        Dated("$is_year", reader => new CalendarPartCondition(date => date.Year, reader.Wholes(1, 9999), reader.Calendar)),
    ];

    /// <summary>Days ago count from the latest anniversary up to today, days ahead to the first from today on.</summary>
    private static IEnumerable<KeyValuePair<string, FilterOperator>> Anniversaries()
    {
        return
        [
            Yearly("$is_days_ago_md", (day, days) => new DayRange(day.Day + days, day.Day + days + 1)),
            Yearly("$is_more_days_ago_md", (day, days) => new DayRange(day.Day + days + 1, day.Next)),
            Yearly("$is_less_days_ago_md", (day, days) => new DayRange(day.Day, Math.Min(day.Day + days, day.Next))),
            Yearly("$is_days_in_future_md", (day, days) => new DayRange(day.Day - days, day.Day - days + 1)),
            Yearly("$is_more_days_in_future_md", (day, days) => new DayRange(day.Previous + 1, day.Day - days)),
            Yearly(
                "$is_less_days_in_future_md",
                (day, days) => new DayRange(Math.Max(day.Previous + 1, day.Day - days + 1), day.Day + (days > 0 ? 1 : 0))),
        ];

        static KeyValuePair<string, FilterOperator> Yearly(string name, Func<Anniversary, int, DayRange> todaysFor) => Dated(
            name,
            reader => new AnniversaryCondition(
                [.. reader.Wholes(0, 365).Select(days => (Func<Anniversary, DayRange>)(anniversary => todaysFor(anniversary, days)))],
                reader.Calendar));
    }

    private static IEnumerable<KeyValuePair<string, FilterOperator>> Others()
    {
        return
        [
            Counted("$count", reader =>
            {
                var wanted = reader.Wholes(0, int.MaxValue);
                return count => wanted.Contains(count);
            }),
            Counted("$count_less", reader => Below(reader.OneWhole(0, int.MaxValue))),
            Counted("$count_more", reader => Above(reader.OneWhole(0, int.MaxValue))),
            Operator("$in_location", FieldKind.Any, "places", reader => new LocationCondition(reader.Shapes())),
            Operator("$not_in_location", FieldKind.Any, "places", reader => new NotCondition(new LocationCondition(reader.Shapes()))),
        ];

        static KeyValuePair<string, FilterOperator> Counted(string name, Func<OperandReader, Func<int, bool>> accepts) =>
            Operator(name, FieldKind.Any, "lists", reader => new CountCondition(accepts(reader)));

        static Func<int, bool> Below(int limit) => count => count < limit;

        static Func<int, bool> Above(int limit) => count => count > limit;
    }

    private static KeyValuePair<string, FilterOperator> Dated(string name, Func<OperandReader, Condition> build) =>
        Operator(name, FieldKind.Date | FieldKind.Any, "dates", build);

    private static Condition Unknown(bool wanted) => wanted ? new UnknownCondition() : new NotCondition(new UnknownCondition());

    private static EqualityCondition Equal(OperandReader reader) => new(reader.Operands(), reader.Calendar);

    private static RelativeCondition Relative(OperandReader reader, Relation relation) =>
        new(relation, reader.OneWhole(0, MaxDays), reader.Calendar);

    private static CalendarCondition InWindows(OperandReader reader, int max, Func<int, CalendarWindow> window) =>
        new([.. reader.Wholes(0, max).Select(window)], reader.Calendar);
}
