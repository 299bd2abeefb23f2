using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>One message with its variables filled in.</summary>
internal sealed record RenderedEmail(MailboxAddress From, MailboxAddress To, MailboxAddress? ReplyTo, string Subject, string? Html, string Text);
