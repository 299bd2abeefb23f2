using System.Text;
using MimeKit;

namespace Marketing.Channels.Email.Smtp;

/// <summary>A message that waits for its turn on a connection.</summary>
/// <param name="messageId">For the log.</param>
/// <param name="message">As it goes over the wire, without dots doubled.</param>
/// <param name="from">The sender.</param>
/// <param name="to">The one recipient.</param>
/// <param name="since">When it got in line; a timestamp of the transport's clock.</param>
/// <param name="recall">What may call it back until it has begun.</param>
internal sealed class SmtpSubmission(
    string messageId, ReadOnlyMemory<byte> message, MailboxAddress from, MailboxAddress to, long since, Recall? recall)
    : Submission(since, recall)
{
    public string MessageId => messageId;

    public ReadOnlyMemory<byte> Message => message;

    public MailboxAddress From => from;

    public MailboxAddress To => to;

    /// <summary>The sender's address as it goes over the wire.</summary>
    public string Sender { get; } = Encoded(from);

    /// <summary>The recipient's address as it goes over the wire.</summary>
    public string Recipient { get; } = Encoded(to);

    /// <summary>Whether both addresses can be written in ASCII, which is so for every domain but not for what stands before it.</summary>
    public bool IsAscii { get; } = Ascii.IsValid(from.LocalPart) && Ascii.IsValid(to.LocalPart);

    /// <summary>The recipient as it was given.</summary>
    public string Address => to.Address;

    private static string Encoded(MailboxAddress mailbox) =>
        Ascii.IsValid(mailbox.Address) ? mailbox.Address : MailboxAddress.EncodeAddrspec(mailbox.Address);
}
