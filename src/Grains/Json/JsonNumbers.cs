using System.Globalization;
using System.Text.Json;

namespace Marketing.Json;

/// <summary>Numbers of callers, some of whom send them as text.</summary>
internal static class JsonNumbers
{
    private const int LongestText = 40;

    /// <summary>Reads a number, or a text that is one.</summary>
    public static bool TryDecimal(JsonElement value, out decimal number)
    {
        number = 0;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out number),
            JsonValueKind.String => value.GetString() is { Length: <= LongestText } text
                && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
    }

    /// <summary>Reads a whole number, or a text that is one; 10.0 is.</summary>
    public static bool TryWhole(JsonElement value, out long number)
    {
        number = 0;
        if (!TryDecimal(value, out var exact) || decimal.Truncate(exact) != exact || exact is > long.MaxValue or < long.MinValue)
        {
            return false;
        }

        number = (long)exact;
        return true;
    }
}
