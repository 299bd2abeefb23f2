using System.Globalization;
using System.Text.Json;

namespace Marketing.Filters;

/// <summary>
/// What a filter means, said a second time as plainly as possible: no compilation, no inverse windows, no tricks. Slow, and that
/// is its use.
/// </summary>
internal sealed class NaiveEvaluator(FilterSettings settings)
{
    private static readonly Dictionary<string, (string[] Path, string Kind)> Fields = new()
    {
        ["name"] = (["name"], "text"),
        ["address.country"] = (["address", "country"], "text"),
        ["summary.orders.total_amount"] = (["summary", "orders", "total_amount"], "number"),
        ["events.order.paid.count"] = (["events", "order.paid", "count"], "number"),
        ["loyalty_points.campaigns.Club 1.5.points"] = (["loyalty", "campaigns", "Club 1.5", "points"], "number"),
        ["created_at"] = (["created_at"], "date"),
        ["birthdate"] = (["birthdate"], "birthday"),
        ["summary.orders.last_order_date"] = (["summary", "orders", "last_order_date"], "date"),
        ["events.order.paid.last"] = (["events", "order.paid", "last"], "date"),
        ["metadata.a"] = (["metadata", "a"], "any"),
        ["metadata.b.c"] = (["metadata", "b", "c"], "any"),
        ["metadata.when"] = (["metadata", "when"], "any"),
    };

    public static IReadOnlyCollection<string> FieldNames => Fields.Keys;

    public static string KindOf(string field) => Fields[field].Kind;

    public static string[] PathOf(string field) => Fields[field].Path;

    public bool Matches(JsonElement filter, JsonElement document, DateTimeOffset now)
    {
        var isOr = filter.TryGetProperty("junction", out var junction) && junction.GetString() == "or";
        var answers = filter.EnumerateObject().Where(entry => entry.Name != "junction").Select(entry =>
            entry.Value.GetProperty("conditions").EnumerateObject().All(condition => Holds(entry.Name, condition, document, now)));
        return isOr ? answers.Any(answer => answer) : answers.All(answer => answer);
    }

    private bool Holds(string field, JsonProperty condition, JsonElement document, DateTimeOffset now)
    {
        var (path, kind) = Fields[field];
        JsonElement? value = document;
        foreach (var name in path)
        {
            value = value is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var child) ? child : null;
        }

        if (kind == "number" && (value is null || value.Value.ValueKind == JsonValueKind.Null))
        {
            value = JsonDocument.Parse("0").RootElement;
        }

        var operands = condition.Value.ValueKind == JsonValueKind.Array ? condition.Value.EnumerateArray().ToList() : [condition.Value];
        var elements = value is not { ValueKind: JsonValueKind.Array } list ? [value] : list.EnumerateArray().Select(item => (JsonElement?)item).ToList();
        bool AnyElement(Func<JsonElement, JsonElement, bool> test) =>
            elements.Any(element => element is { } known && !IsUnknown(known) && operands.Any(operand => test(known, operand)));
        bool AnyDate(Func<When, JsonElement, bool> test) => AnyElement((element, operand) => Date(element) is { } date && test(date, operand));

        var isDate = kind is "date" or "birthday";
        switch (condition.Name)
        {
            case "$is_unknown":
                return IsUnknown(value) == IsTrue(operands[0]);
            case "$has_value":
                return IsUnknown(value) != IsTrue(operands[0]);
            case "$is" or "$in":
                return AnyElement((element, operand) => AreEqual(element, operand, kind));
            case "$is_not" or "$not_in":
                return !AnyElement((element, operand) => AreEqual(element, operand, kind));
            case "$contains":
                return AnyElement((element, operand) => Text(element)?.Contains(operand.GetString()!, StringComparison.Ordinal) == true);
            case "$not_contain":
                return !AnyElement((element, operand) => Text(element)?.Contains(operand.GetString()!, StringComparison.Ordinal) == true);
            case "$starts_with":
                return AnyElement((element, operand) => Text(element)?.StartsWith(operand.GetString()!, StringComparison.Ordinal) == true);
            case "$ends_with":
                return AnyElement((element, operand) => Text(element)?.EndsWith(operand.GetString()!, StringComparison.Ordinal) == true);
            case "$count":
                return value is { ValueKind: JsonValueKind.Array } && operands.Any(operand => value.Value.GetArrayLength() == operand.GetInt32());
            case "$count_less":
                return value is { ValueKind: JsonValueKind.Array } && value.Value.GetArrayLength() < operands[0].GetInt32();
            case "$count_more":
                return value is { ValueKind: JsonValueKind.Array } && value.Value.GetArrayLength() > operands[0].GetInt32();
            case "$more_than" when !isDate:
                return AnyElement((element, operand) => Number(element) > Number(operand));
            case "$more_than_equal" when !isDate:
                return AnyElement((element, operand) => Number(element) >= Number(operand));
            case "$less_than" when !isDate:
                return AnyElement((element, operand) => Number(element) < Number(operand));
            case "$less_than_equal" when !isDate:
                return AnyElement((element, operand) => Number(element) <= Number(operand));
            case "$more_than" or "$more_than_ago":
                return AnyDate((date, days) => now - date.Instant > TimeSpan.FromDays(days.GetInt32()));
            case "$less_than" or "$less_than_ago":
                return AnyDate((date, days) => date.Instant <= now && now - date.Instant < TimeSpan.FromDays(days.GetInt32()));
            case "$more_than_equal":
                return AnyDate((date, days) => now - date.Instant >= TimeSpan.FromDays(days.GetInt32()));
            case "$less_than_equal":
                return AnyDate((date, days) => date.Instant <= now && now - date.Instant <= TimeSpan.FromDays(days.GetInt32()));
            case "$more_than_future":
                return AnyDate((date, days) => date.Instant - now > TimeSpan.FromDays(days.GetInt32()));
            case "$less_than_future":
                return AnyDate((date, days) => date.Instant > now && date.Instant - now < TimeSpan.FromDays(days.GetInt32()));
            case "$after":
                return AnyDate((date, operand) => Compare(date, Date(operand)!) > 0);
            case "$before":
                return AnyDate((date, operand) => Compare(date, Date(operand)!) < 0);
            default:
                var today = LocalDay(now);
                return AnyDate((date, operand) => HoldsOn(today, date.Day, condition.Name, operand, isBirthday: kind == "birthday"));
        }
    }

    private bool HoldsOn(DateOnly today, DateOnly day, string operation, JsonElement operand, bool isBirthday)
    {
        var count = operand.ValueKind == JsonValueKind.Number ? operand.GetInt32() : 0;
        switch (operation)
        {
            case "$is_days_ago":
                return day == today.AddDays(-count);
            case "$is_days_in_future":
                return day == today.AddDays(count);
            case "$is_years_ago":
                return day.Year == today.Year - count;
            case "$is_day_of_month":
                return day.Day == count;
            case "$is_day":
                return (int)day.DayOfWeek == count;
            case "$is_month":
                return day.Month == count;
            case "$is_year":
                return day.Year == count;
            case "$is_days_ago_md":
                return IsAnniversary(day, today.AddDays(-count));
            case "$is_days_in_future_md":
                return IsAnniversary(day, today.AddDays(count));
            case "$is_less_days_ago_md":
                return DaysBack() < count;
            case "$is_more_days_ago_md":
                return DaysBack() > count;
            case "$is_less_days_in_future_md":
                return DaysAhead() < count;
            case "$is_more_days_in_future_md":
                return DaysAhead() > count;
        }

        var ignoresYear = operation.EndsWith("_md", StringComparison.Ordinal);
        var name = ignoresYear ? operation[..^3] : operation;
        var (first, last) = Window(today, name);
        ignoresYear |= isBirthday && !name.EndsWith("year", StringComparison.Ordinal);
        return ignoresYear
            ? Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Any(offset => IsAnniversary(day, first.AddDays(offset)))
            : first <= day && day <= last;

        int DaysBack() => Enumerable.Range(0, 400).First(back => IsAnniversary(day, today.AddDays(-back)));

        int DaysAhead() => Enumerable.Range(0, 400).First(ahead => IsAnniversary(day, today.AddDays(ahead)));
    }

    private (DateOnly First, DateOnly Last) Window(DateOnly today, string name)
    {
        var shift = name.StartsWith("$last", StringComparison.Ordinal) ? -1 : name.StartsWith("$next", StringComparison.Ordinal) ? 1 : 0;
        var week = today;
        while (week.DayOfWeek != settings.WeekStart)
        {
            week = week.AddDays(-1);
        }

        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(shift);
        return name switch
        {
            "$today" => (today, today),
            "$yesterday" => (today.AddDays(-1), today.AddDays(-1)),
            "$tomorrow" => (today.AddDays(1), today.AddDays(1)),
            "$last_week" or "$this_week" or "$next_week" => (week.AddDays(7 * shift), week.AddDays((7 * shift) + 6)),
            "$last_month" or "$this_month" or "$next_month" => (month, month.AddMonths(1).AddDays(-1)),
            "$last_year" or "$this_year" or "$next_year" => (new(today.Year + shift, 1, 1), new(today.Year + shift, 12, 31)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "unknown operator"),
        };
    }

    private static bool IsAnniversary(DateOnly origin, DateOnly day) =>
        (origin.Month == day.Month && origin.Day == day.Day)
        || (origin is { Month: 2, Day: 29 } && day is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(day.Year));

    private bool AreEqual(JsonElement value, JsonElement operand, string kind)
    {
        if (kind is "date" or "birthday")
        {
            return Date(value) is { } date && Compare(date, Date(operand)!) == 0;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return kind != "number" && string.Equals(operand.ToString(), value.ToString(), StringComparison.OrdinalIgnoreCase);
            case JsonValueKind.Number:
                return Number(value) == Number(operand);
            case JsonValueKind.String:
                return (kind != "number" && value.GetString() == (operand.ValueKind == JsonValueKind.String ? operand.GetString() : operand.GetRawText()))
                    || ((kind == "number" || operand.ValueKind == JsonValueKind.Number) && Number(value) is { } number && number == Number(operand))
                    || (kind == "any" && Date(value) is { } one && Date(operand) is { } other && Compare(one, other) == 0);
            default:
                return false;
        }
    }

    private static int Compare(When value, When operand) =>
        value.HasTime && operand.HasTime ? value.Instant.CompareTo(operand.Instant)
        : value.HasTime ? value.Day.CompareTo(operand.WrittenDay) : value.WrittenDay.CompareTo(operand.WrittenDay);

    private static bool IsUnknown(JsonElement? value) =>
        value is not { } known || known.ValueKind == JsonValueKind.Null || (known.ValueKind == JsonValueKind.String && known.GetString() == "");

    private static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null;

    private static decimal? Number(JsonElement value) =>
        Text(value) is { } text && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private DateOnly LocalDay(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, settings.TimeZone).DateTime);

    private When? Date(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: >= 10 } text
            || !DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", out var written))
        {
            return null;
        }

        if (text.Length == 10)
        {
            // Days begin on a quarter of an hour everywhere.
            var start = new DateTimeOffset(written.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddHours(-15);
            while (LocalDay(start) < written)
            {
                start = start.AddMinutes(15);
            }

            return new When(false, written, written, start);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var instant) ? new When(true, LocalDay(instant), written, instant) : null;
    }

    private sealed record When(bool HasTime, DateOnly Day, DateOnly WrittenDay, DateTimeOffset Instant);
}
