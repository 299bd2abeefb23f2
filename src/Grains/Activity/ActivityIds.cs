using System.Globalization;

namespace Marketing.Activity;

/// <summary>
/// Public ids of a customer's activity, <c>evcus_…</c>: eighteen hexadecimal digits, of which the first two tell stored entries from
/// those that are derived from a message.
/// </summary>
internal static class ActivityIds
{
    private const string Prefix = "evcus_";
    private const int KindDigits = 2;
    private const int Length = 6 + KindDigits + 16;

    /// <summary>The id of a stored entry.</summary>
    public static string Format(long number) => Format(0, number);

    /// <summary>The id of the entry that stands for a message.</summary>
    public static string FormatMessage(long message) => Format(1, message);

    /// <summary>Takes an id apart; false when it is none of ours.</summary>
    public static bool TryParse(string? id, out bool isMessage, out long number)
    {
        (isMessage, number) = (false, 0);
        if (id is not { Length: Length } || !id.StartsWith(Prefix, StringComparison.Ordinal)
            || !int.TryParse(id.AsSpan(Prefix.Length, KindDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var kind)
            || kind > 1)
        {
            return false;
        }

        isMessage = kind == 1;
        return long.TryParse(id.AsSpan(Prefix.Length + KindDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
    }

    private static string Format(int kind, long number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{kind:x2}{number:x16}");
}
