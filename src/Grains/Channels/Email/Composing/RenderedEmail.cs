using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>One message with its variables filled in.</summary>
internal sealed record RenderedEmail(EmailSender From, MailboxAddress To, MailboxAddress? ReplyTo, string Subject, string? Html, string Text);
