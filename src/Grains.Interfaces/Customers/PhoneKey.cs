namespace Marketing.Customers;

/// <summary>A telephone number as it is looked for: its digits, without what people write between and before them.</summary>
public static class PhoneKey
{
    private const int Fewest = 3;

    /// <summary>The digits, without <c>+</c> and <c>00</c> before a country; null where it is no number.</summary>
    public static string? Of(string? phone)
    {
        if (phone is null || phone.Any(static character => !char.IsAsciiDigit(character) && !"+-/.() \u00a0".Contains(character, StringComparison.Ordinal)))
        {
            return null;
        }

        var digits = string.Concat(phone.Where(char.IsAsciiDigit));
        digits = digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
        return digits.Length < Fewest ? null : digits;
    }
}
