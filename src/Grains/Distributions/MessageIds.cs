using System.Globalization;

namespace Marketing.Distributions;

/// <summary>Public ids of messages. They name the row, so that nothing has to be looked up or stored for them.</summary>
internal static class MessageIds
{
    private const string Prefix = "msg_";
    private const int DistributionDigits = 8;
    private const NumberStyles Hex = NumberStyles.AllowHexSpecifier;
    private const int Length = 4 + DistributionDigits + 16;

    public static string Format(int distribution, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{distribution:x8}{number:x16}");

    public static bool TryParse(string? id, out int distribution, out long number)
    {
        (distribution, number) = (0, 0);
        return id is { Length: Length } && id.StartsWith(Prefix, StringComparison.Ordinal)
            && int.TryParse(id.AsSpan(Prefix.Length, DistributionDigits), Hex, CultureInfo.InvariantCulture, out distribution)
            && long.TryParse(id.AsSpan(Prefix.Length + DistributionDigits), Hex, CultureInfo.InvariantCulture, out number);
    }
}
