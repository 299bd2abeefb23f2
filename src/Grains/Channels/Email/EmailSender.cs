using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>The sender of a distribution's messages, written out once.</summary>
internal sealed class EmailSender(MailboxAddress mailbox)
{
    public MailboxAddress Mailbox => mailbox;

    public string Header { get; } = EmailHeader.Mailbox(mailbox);

    /// <summary>In ASCII; message ids end in it.</summary>
    public string Domain { get; } = MailboxAddress.EncodeAddrspec(mailbox.Address).Split('@')[^1];
}
