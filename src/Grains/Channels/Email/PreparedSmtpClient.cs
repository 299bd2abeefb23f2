using MailKit.Net.Smtp;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>A client that sends messages as they are, without going over their parts to choose encodings.</summary>
internal sealed class PreparedSmtpClient(SmtpConversation conversation) : SmtpClient(conversation)
{
    protected override void Prepare(FormatOptions options, MimeMessage message, EncodingConstraint constraint, int maxLineLength)
    {
    }
}
