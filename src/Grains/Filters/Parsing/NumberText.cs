using System.Globalization;

namespace Marketing.Filters;

/// <summary>Numbers out of UTF-8 digits.</summary>
internal static class NumberText
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads text that is a number and nothing else.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out decimal number)
    {
        // Counters and amounts are short runs of digits; the general parser costs five times as much.
        if (text.Length is > 0 and <= 18)
        {
            long whole = 0;
            foreach (var digit in text)
            {
                if (!char.IsAsciiDigit((char)digit))
                {
                    return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number);
                }

                whole = (whole * 10) + (digit - '0');
            }

            number = whole;
            return true;
        }

        return decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Reads a JSON number; one beyond the range of decimal counts as the largest or smallest there is.</summary>
    public static decimal Saturate(ReadOnlySpan<byte> number)
    {
        if (TryParse(number, out var exact))
        {
            return exact;
        }

        var approximate = double.TryParse(number, Style, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        return approximate switch
        {
            > 1 => decimal.MaxValue,
            < -1 => decimal.MinValue,
            _ => 0,
        };
    }
}
