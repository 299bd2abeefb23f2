namespace Marketing.Storage.Relational;

/// <summary>How an engine reads finished messages in one of the orders they have.</summary>
/// <param name="From">Where they are, as <c>m</c>.</param>
/// <param name="Distribution">The column the order begins with.</param>
/// <param name="Time">When they were finished.</param>
/// <param name="Number">What settles ties.</param>
/// <param name="Condition">What else is to be said of them.</param>
/// <param name="Kind">How they ended: their state, or <see cref="Recovered"/>.</param>
/// <param name="IsSent">Whether they were sent, recovered or not.</param>
/// <param name="Recorded">Where they stand in the order of commits.</param>
internal sealed record FinishedMessages(
    string From, string Distribution, string Time, string Number, string Condition, string Kind, string IsSent, string Recorded)
{
    /// <summary>The kind of a message that was sent after it had failed.</summary>
    public const int Recovered = 7;

    /// <summary>The kind behind a type of activity, <c>message.sent</c> and so on; 0 for one that no message has.</summary>
    public static int KindOf(string type) => type switch
    {
        "message.sent" => (int)MessageStatus.Sent,
        "message.recovered" => Recovered,
        "message.failed" => (int)MessageStatus.Failed,
        "message.skipped" => (int)MessageStatus.Skipped,
        "message.canceled" => (int)MessageStatus.Canceled,
        _ => 0,
    };
}
