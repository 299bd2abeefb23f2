using System.Text;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>Builds the MIME message. Encodings are chosen here, so that sending does not have to look at the text again.</summary>
internal static class EmailComposer
{
    // Room for the line break within the 998 characters a line of mail may have.
    private const int LongestLine = 990;

    public static MimeMessage Compose(RenderedEmail email, string messageId, string? unsubscribeUrl, DateTimeOffset now)
    {
        var message = new MimeMessage { Date = now, Subject = email.Subject };
        message.From.Add(email.From);
        message.To.Add(email.To);
        if (email.ReplyTo is not null)
        {
            message.ReplyTo.Add(email.ReplyTo);
        }

        message.MessageId = $"{messageId}@{MailboxAddress.EncodeAddrspec(email.From.Address).Split('@')[^1]}";
        if (unsubscribeUrl is not null && IsHeaderSafe(unsubscribeUrl))
        {
            // RFC 8058: with both headers mail programs show their own unsubscribe button, and pressing it is a POST.
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribeUrl}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        var text = Part("plain", email.Text);
        message.Body = email.Html is null ? text : new MultipartAlternative { text, Part("html", email.Html) };
        return message;
    }

    private static TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype) { ContentTransferEncoding = EncodingFor(text) };
        part.ContentType.Charset = "utf-8";
        part.Content = new MimeContent(new MemoryStream(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")), writable: false));
        return part;
    }

    private static ContentEncoding EncodingFor(string text)
    {
        var foreign = 0;
        var line = 0;
        var longest = 0;
        foreach (var c in text)
        {
            foreign += char.IsAscii(c) && (!char.IsControl(c) || c is '\n' or '\r' or '\t') ? 0 : 1;
            line = c == '\n' ? 0 : line + 1;
            longest = Math.Max(longest, line);
        }

        return foreign == 0 && longest <= LongestLine ? ContentEncoding.SevenBit
            : foreign > text.Length / 6 ? ContentEncoding.Base64
            : ContentEncoding.QuotedPrintable;
    }

    private static bool IsHeaderSafe(string url) =>
        url.All(c => c is > ' ' and < '\x7f' and not ('<' or '>')) && Uri.TryCreate(url, UriKind.Absolute, out _);
}
