using Marketing.Channels.Sms;

namespace Marketing.Channels.Email.Feedback;

/// <summary>
/// How a mail service tells afterwards what became of mail it had taken. One implementation each, chosen by the setting <c>feedback</c> of a connection with a mail server, which is that of the service.
/// </summary>
internal interface IMailFeedback
{
    /// <summary>On the wire.</summary>
    string Name { get; }

    /// <summary>What is wrong with what was entered, beside what the fields themselves say.</summary>
    IEnumerable<FieldProblem> Check(ConnectionValues values);

    /// <summary>A header by which the service names the message in what it tells; null where the Message-ID is enough.</summary>
    (string Name, string Value)? HeaderOf(string messageId) => null;

    /// <summary>What a call to the connection's address says, if it comes from the service.</summary>
    ValueTask<FeedbackReading> ReadAsync(ConnectionValues values, HookCall call, DateTimeOffset now);
}

/// <summary>What a call says.</summary>
internal abstract record FeedbackReading
{
    /// <summary>Nobody can tell that it comes from the service.</summary>
    public static readonly FeedbackReading Forged = new ForgedReading();

    /// <summary>Nothing that anybody waits for.</summary>
    public static readonly FeedbackReading Nothing = new Told([]);

    /// <summary>What became of mail.</summary>
    public sealed record Told(IReadOnlyList<FeedbackItem> Items) : FeedbackReading;

    private sealed record ForgedReading : FeedbackReading;
}

/// <summary>What became of one mail to one address.</summary>
/// <param name="Kind">What.</param>
/// <param name="Event">Names it among all that the service tells: a repeated one has the same.</param>
/// <param name="Address">The recipient; null where the service does not say whose it is for certain.</param>
/// <param name="MessageId">Our message; null where it does not say.</param>
/// <param name="Reason">What the other side said, for people.</param>
internal sealed record FeedbackItem(FeedbackKind Kind, string Event, string? Address, string? MessageId, string? Reason);

/// <summary>What may become of a mail.</summary>
internal enum FeedbackKind
{
    /// <summary>The recipient's server took it.</summary>
    Delivered,

    /// <summary>It did not arrive, and the next one may.</summary>
    SoftBounce,

    /// <summary>There is no such mailbox.</summary>
    HardBounce,

    /// <summary>The reader reported it as spam.</summary>
    Complaint,

    /// <summary>The reader unsubscribed, at the service.</summary>
    Unsubscribed,
}
