using System.Globalization;
using System.Text.Unicode;

namespace Marketing.Http;

/// <summary>
/// What JSON allows and the engine does not: text that no database and no string can hold. Checked once over the bytes, so
/// that nothing behind has to expect it, not even in fields that are carried without being looked at.
/// </summary>
internal static class BodyText
{
    /// <summary>Why the text is refused, or null.</summary>
    public static string? Problem(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            return "Payload must be valid UTF-8";
        }

        if (utf8.Contains((byte)0))
        {
            return "Payload must not contain NUL characters";
        }

        return EscapeProblem(utf8);
    }

    private static string? EscapeProblem(ReadOnlySpan<byte> rest)
    {
        var high = false;
        for (var at = rest.IndexOf((byte)'\\'); at >= 0 && at + 1 < rest.Length; at = rest.IndexOf((byte)'\\'))
        {
            // A high surrogate must be followed by its low half directly.
            if (high && at != 0)
            {
                return "Payload must not contain unpaired surrogates";
            }

            if (rest[at + 1] != (byte)'u' || !TryUnit(rest[(at + 2)..], out var unit))
            {
                if (high)
                {
                    return "Payload must not contain unpaired surrogates";
                }

                rest = rest[(at + 2)..];
                continue;
            }

            if (unit == 0)
            {
                return "Payload must not contain NUL characters";
            }

            if (high != char.IsLowSurrogate(unit))
            {
                return "Payload must not contain unpaired surrogates";
            }

            high = char.IsHighSurrogate(unit);
            rest = rest[(at + 6)..];
        }

        return high ? "Payload must not contain unpaired surrogates" : null;
    }

    // An incomplete escape is left to the parser, which says where it is.
    private static bool TryUnit(ReadOnlySpan<byte> hex, out char unit)
    {
        unit = '\0';
        if (hex.Length < 4 || !ushort.TryParse(hex[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
