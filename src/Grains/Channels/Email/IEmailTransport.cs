using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>Where finished messages go.</summary>
internal interface IEmailTransport
{
    /// <summary>How many messages may be marked as being handed over.</summary>
    HandOverWindow Window { get; }

    /// <summary>Hands one message over. Never throws for what the other side does.</summary>
    Task<DeliveryOutcome> SendAsync(string messageId, ReadOnlyMemory<byte> message, MailboxAddress from, MailboxAddress to, Recall? recall);
}
