namespace Marketing.Distributions;

/// <summary>How figures of a distribution are stored that are not of its messages: a tally each.</summary>
internal static class DistributionFigures
{
    /// <summary>Codes that it published.</summary>
    public static string Published(long distribution) => $"distribution/{distribution}/published";

    /// <summary>Codes that it published and that were redeemed.</summary>
    public static string Redeemed(long distribution) => $"distribution/{distribution}/redeemed";
}
