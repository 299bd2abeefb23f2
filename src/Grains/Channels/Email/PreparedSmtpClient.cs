using MailKit.Net.Smtp;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>A client for messages whose encodings are already chosen: it does not go over them once more.</summary>
internal sealed class PreparedSmtpClient(SmtpConversation conversation) : SmtpClient(conversation)
{
    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
    }
}
