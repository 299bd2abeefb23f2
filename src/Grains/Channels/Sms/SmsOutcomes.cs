namespace Marketing.Channels.Sms;

/// <summary>What providers of text messages have in common.</summary>
internal static class SmsOutcomes
{
    /// <summary>The parameter of the address for receipts that says which message it is about.</summary>
    public const string MessageParameter = "m";

    /// <summary>The provider keeps a list of its own of who does not want to be written to.</summary>
    public static readonly DeliveryOutcome OptedOut = new DeliveryOutcome.PermanentFailure("the recipient opted out", SuppressAddress: true);

    private const int LongestReason = 200;

    // One word, and nothing else: as networks and providers take it.
    private static readonly HashSet<string> Stops = new(StringComparer.OrdinalIgnoreCase) { "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT" };

    public static string Said(string said) => PlainText.Start(PlainText.Storable(said), LongestReason);

    /// <summary>Whether somebody asks not to be written to any more.</summary>
    /// <param name="text">What they wrote.</param>
    /// <param name="more">Further words of the shop's language, with commas.</param>
    public static bool IsStop(string text, string? more)
    {
        var word = text.Trim().Trim('.', '!', '"', '\'').Trim();
        return Stops.Contains(word) || (more is not null && word.Length > 0 && more.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Contains(word, StringComparer.OrdinalIgnoreCase));
    }

    public static ConnectionCheck Check(ProviderAnswer answer, string? said, string? but = null) => answer.IsSuccess
        ? new ConnectionCheck(but is null, but ?? "The provider knows the credentials.")
        : new ConnectionCheck(false, answer.Failure(said) switch
        {
            DeliveryOutcome.TemporaryFailure failure => failure.Reason,
            DeliveryOutcome.PermanentFailure failure => failure.Reason,
            _ => $"HTTP {answer.Status}",
        });
}
