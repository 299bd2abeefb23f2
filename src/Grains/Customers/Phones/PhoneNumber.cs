using System.Globalization;
using PhoneNumbers;

namespace Marketing.Customers;

/// <summary>Phone numbers, in the one spelling that they are compared and dialled in (E.164).</summary>
internal static class PhoneNumber
{
    private const int Longest = 50;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>The number with a plus and nothing but digits. False for what cannot be a number anywhere.</summary>
    /// <param name="text">As people write it.</param>
    /// <param name="dialCode">The country of a number that says none: the digits of its calling code; null for no country.</param>
    /// <param name="number">E.164.</param>
    public static bool TryNormalize(string? text, string? dialCode, out string number)
    {
        number = "";
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
        {
            return false;
        }

        try
        {
            var parsed = Numbers.Parse(text, RegionOf(dialCode));
            if (!Numbers.IsValidNumber(parsed))
            {
                return false;
            }

            number = Numbers.Format(parsed, PhoneNumberFormat.E164);
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    private static string? RegionOf(string? dialCode) =>
        int.TryParse(dialCode, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && Numbers.GetRegionCodeForCountryCode(code) is var region and not ("ZZ" or "001") ? region : null;
}
