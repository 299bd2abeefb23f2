using System.Globalization;

namespace Marketing.Tracking;

/// <summary>How many tracked messages of a distribution something was done with: a tally each.</summary>
internal static class TrackingFigures
{
    private const int Prefix = 4;
    private const int Digits = 8;

    public static string Opened(long distribution) => $"distribution/{distribution}/opened";

    public static string Clicked(long distribution) => $"distribution/{distribution}/clicked";

    public static string Machine(long distribution) => $"distribution/{distribution}/machine_opened";

    /// <summary>The number of the distribution, which the id of a message begins with; null where it is none of those.</summary>
    public static long? DistributionOf(string message) =>
        message.Length > Prefix + Digits && int.TryParse(message.AsSpan(Prefix, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;
}
