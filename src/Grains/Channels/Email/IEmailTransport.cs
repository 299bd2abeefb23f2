using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>Where finished messages go.</summary>
internal interface IEmailTransport
{
    /// <summary>Hands one message over. Never throws for what the other side does.</summary>
    Task<DeliveryOutcome> SendAsync(string messageId, ReadOnlyMemory<byte> message, MailboxAddress from, MailboxAddress to, CancellationToken cancellation);
}
