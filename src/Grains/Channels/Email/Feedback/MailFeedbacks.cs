namespace Marketing.Channels.Email.Feedback;

/// <summary>The services that tell what became of mail, and what is entered for them at a connection.</summary>
internal sealed class MailFeedbacks(IEnumerable<IMailFeedback> all)
{
    public const string Service = "feedback";
    public const string Topic = "feedback_topic";
    public const string Key = "feedback_key";
    public const string Secret = "feedback_secret";

    private readonly IMailFeedback[] _all = [.. all];

    /// <summary>What is entered.</summary>
    public static IReadOnlyList<FieldDescriptor> Fields { get; } =
    [
        new(Service, EntryKind.Choice, "Bounces and complaints") { Options = ["ses", "sendgrid", "postmark", "http"], Default = "not told", Help = "The service behind the mail server, which posts what became of mail to the connection's address for receipts." },
        new(Topic, EntryKind.Line, "SNS topic") { Max = 300, Help = "Of Amazon SES: the ARN of the topic that notifications come from." },
        new(Key, EntryKind.Line, "Verification key") { Max = 500, Help = "Of SendGrid: the key that its signed event webhook is checked with." },
        new(Secret, EntryKind.Secret, "Secret of bounces and complaints") { Max = 500, Help = "Of Postmark: name:password, as in the address entered there. Of others: what is told is taken where the header x-signature has the HMAC-SHA256 of the body with it, in hexadecimal digits." },
    ];

    /// <summary>That of a connection; null where it has none.</summary>
    public IMailFeedback? Of(ConnectionValues values) => values.Text(Service) is { } name ? Array.Find(_all, known => known.Name == name) : null;
}
