using Marketing.Bounces;
using Marketing.Customers;
using MimeKit;

namespace Marketing.Channels.Email.Feedback;

/// <summary>Where mail of a connection comes back to, and how it says which message it was.</summary>
internal sealed class MailReturns(BounceTokens tokens)
{
    public const string Address = "bounce_address";
    public const string Host = "imap_host";
    public const string Port = "imap_port";
    public const string Security = "imap_security";
    public const string Folder = "imap_folder";
    public const string User = "imap_user";
    public const string Password = "imap_password";

    // What a mailbox may have before its @, without what is added here.
    private const int LongestLocal = 64 - 1 - 28 - 1 - 20;

    /// <summary>What is entered.</summary>
    public static IReadOnlyList<FieldDescriptor> Fields { get; } =
    [
        new(Address, EntryKind.Line, "Address for bounces") { Max = 254, Help = "Mail comes back to it with a plus and the message added before the @; its mailbox has to take that." },
        new(Host, EntryKind.Line, "IMAP host") { Max = 253, Help = "Where the mailbox for bounces is read, if anywhere: unread mail is, once a minute, and marked as read." },
        new(Port, EntryKind.Number, "IMAP port") { Min = 1, Max = 65535, Default = "993" },
        new(Security, EntryKind.Choice, "IMAP encryption") { Options = ["tls", "starttls", "none"], Default = "tls" },
        new(Folder, EntryKind.Line, "IMAP folder") { Max = 200, Default = "INBOX" },
        new(User, EntryKind.Secret, "IMAP user"),
        new(Password, EntryKind.Secret, "IMAP password"),
    ];

    /// <summary>What is wrong with what was entered.</summary>
    public static IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        if (values.Text(Address) is { } address && (!EmailAddress.IsMailbox(address) || address.IndexOf('@', StringComparison.Ordinal) > LongestLocal || address.Contains('+', StringComparison.Ordinal)))
        {
            yield return new FieldProblem($"settings.{Address}", $"must be one email address with at most {LongestLocal} characters before the @, and no +");
        }

        if (values.Text(Host) is { } host)
        {
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                yield return new FieldProblem($"settings.{Host}", "must be the name or the address of a server");
            }

            if (values.Text(User) is null || values.Text(Password) is null)
            {
                yield return new FieldProblem("credentials", $"must have {User} and {Password} for the mailbox");
            }
        }
    }

    /// <summary>The token a mail carries; null where its connection has no address for bounces, or it is only a test.</summary>
    public string? TokenOf(ChannelConnection? connection, OutboundMessage message, string to) =>
        connection?.Values.Text(Address) is not null && FeedbackJson.OurMessage(message.MessageId) is not null ? tokens.Of(message.Project, message.MessageId, to) : null;

    /// <summary>Whom a mail with a token is from, as mail servers are told.</summary>
    public static MailboxAddress SenderOf(ChannelConnection connection, string token)
    {
        var address = connection.Values.Line(Address);
        var at = address.LastIndexOf('@');
        return new MailboxAddress("", $"{address.AsSpan(0, at)}+{token}{address.AsSpan(at)}");
    }
}
