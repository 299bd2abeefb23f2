namespace Marketing.Rewards;

/// <summary>Keys of what is counted of a reward.</summary>
internal static class RewardAccounts
{
    private const string Prefix = "reward/";

    /// <summary>How many are left of one with a stock.</summary>
    public static string Stock(long reward) => $"{Prefix}{reward}/stock";

    /// <summary>Tally: how often it was redeemed, less what was taken back.</summary>
    public static string Redeemed(long reward) => $"{Prefix}{reward}/redeemed";

    /// <summary>Whether a key is one of these.</summary>
    public static bool IsOne(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);
}
