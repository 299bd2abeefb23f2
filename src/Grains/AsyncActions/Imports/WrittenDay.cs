using System.Globalization;

namespace Marketing.AsyncActions;

/// <summary>Days as people write them into tables. Pure.</summary>
internal static class WrittenDay
{
    private const string Iso = "yyyy-MM-dd";

    /// <summary>
    /// The day a text means, as it is to be stored, or what is wrong with it. What begins with YYYY-MM-DD stays as it is. With the year last, day and month are taken as they must
    /// be meant; where both orders make a day, and another one, nobody knows.
    /// </summary>
    public static (string? Day, string? Problem) Read(string text)
    {
        if (IsIso(text.AsSpan(0, Math.Min(text.Length, Iso.Length))))
        {
            return (text, null);
        }

        return Readings(text) switch
        {
            [var day] => (Text(day), null),
            [var first, var second] => (null, $"may be {InWords(first)} or {InWords(second)}: write {Text(first)} or {Text(second)}"),
            _ => (null, "must be a date as YYYY-MM-DD"),
        };
    }

    /// <summary>Why filters do not take a text for a date that looks like one, or null: it is none, or they do.</summary>
    public static string? WhyOnlyText(string text) =>
        text.Length is < 8 or > 10 || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[^1]) || IsIso(text) ? null : Readings(text) switch
        {
            [var day] => $"is stored as the text it is; filters would take {Text(day)} for a date",
            [var first, var second] => $"is stored as the text it is; filters would take {Text(first)} or {Text(second)} for a date",
            _ => null,
        };

    // Three numbers with the same separator between them, one of them a year of four digits.
    private static List<DateOnly> Readings(string text)
    {
        var separator = text.AsSpan().IndexOfAny('.', '/', '-') is >= 0 and var at ? text[at] : '\0';
        var parts = text.Split(separator);
        if (parts.Length != 3 || !parts.All(part => part.Length is 1 or 2 or 4 && part.All(char.IsAsciiDigit)))
        {
            return [];
        }

        var numbers = parts.Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        IEnumerable<(int Year, int Month, int Day)> orders = (parts[0].Length, parts[1].Length, parts[2].Length) switch
        {
            (1 or 2, 1 or 2, 4) => [(numbers[2], numbers[1], numbers[0]), (numbers[2], numbers[0], numbers[1])],
            (4, 1 or 2, 1 or 2) => [(numbers[0], numbers[1], numbers[2])],
            _ => [],
        };
        return
        [
            .. orders.Where(order => order.Year > 0 && order.Month is >= 1 and <= 12 && order.Day >= 1 && order.Day <= DateTime.DaysInMonth(order.Year, order.Month))
                .Select(order => new DateOnly(order.Year, order.Month, order.Day)).Distinct(),
        ];
    }

    private static bool IsIso(ReadOnlySpan<char> text) => DateOnly.TryParseExact(text, Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string Text(DateOnly day) => day.ToString(Iso, CultureInfo.InvariantCulture);

    private static string InWords(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
