namespace Marketing.Suppressions;

/// <summary>
/// Which of several suppressions of one address is the reason why it is not written to: one about everything before one about a topic, and of these the first in order of
/// letters, which is no order of meaning, but the same wherever it is decided: at hand-off, in estimates, on either engine.
/// </summary>
internal static class SuppressionRanks
{
    /// <summary>Comes after every reason.</summary>
    public const string OfTopic = "~";

    /// <summary>What is compared, ordinally: the least counts.</summary>
    public static string Of(string reason, string topic) => topic.Length == 0 ? reason : OfTopic;

    /// <summary>The reason that a rank stands for.</summary>
    public static string Reason(string rank) => rank == OfTopic ? SuppressionReasons.OptedOut : rank;

    /// <summary>The lesser of two.</summary>
    public static string Stronger(string? one, string other) => one is null || string.CompareOrdinal(other, one) < 0 ? other : one;
}
