using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>One message with its variables filled in.</summary>
internal sealed record RenderedEmail(EmailSender From, MailboxAddress To, MailboxAddress? ReplyTo, string Subject, string? Html, string Text)
{
    /// <summary>Pictures that the HTML shows by their content id.</summary>
    public IReadOnlyList<MailPicture> Pictures { get; init; } = [];
}

/// <summary>A picture that travels in a mail.</summary>
/// <param name="ContentId">Without the angle brackets.</param>
/// <param name="Png">What it is.</param>
internal sealed record MailPicture(string ContentId, byte[] Png);
