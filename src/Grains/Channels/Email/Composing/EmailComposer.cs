using System.Globalization;
using System.Text;

namespace Marketing.Channels.Email;

/// <summary>
/// Builds the MIME message straight into bytes. The shape of our messages is fixed, and building them is the larger part of the
/// work of sending: a general object model would cost several times as much.
/// </summary>
internal static class EmailComposer
{
    // Room for the line break within the 998 characters a line of mail may have.
    private const int LongestLine = 990;

    // Neither quoted-printable nor base64 can contain this, so no part can be mistaken for its end.
    private const string Boundary = "=_part";
    private const string InnerBoundary = "=_inner";

    /// <param name="email">What is in it.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="unsubscribeUrl">Where one click unsubscribes; null for nowhere.</param>
    /// <param name="now">The date of the mail.</param>
    /// <param name="named">A header by which whoever carries it names it afterwards; ASCII.</param>
    public static ReadOnlyMemory<byte> Compose(RenderedEmail email, string messageId, string? unsubscribeUrl, DateTimeOffset now, (string Name, string Value)? named = null)
    {
        var mime = new MimeWriter((email.Text.Length * 5 / 4) + ((email.Html?.Length ?? 0) * 5 / 4) + email.Pictures.Sum(static picture => picture.Png.Length * 3 / 2) + 1024);
        mime.Header("Subject", EmailHeader.Text(email.Subject));
        mime.Header("From", email.From.Header);
        mime.Header("To", EmailHeader.Mailbox(email.To));
        if (email.ReplyTo is not null)
        {
            mime.Header("Reply-To", EmailHeader.Mailbox(email.ReplyTo));
        }

        mime.Header("Date", now.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        mime.Header("Message-Id", $"<{EmailHeader.Token(messageId)}@{email.From.Domain}>");
        if (unsubscribeUrl is not null && IsHeaderSafe(unsubscribeUrl))
        {
            // RFC 8058: with both headers mail programs show their own unsubscribe button, and pressing it is a POST.
            mime.Header("List-Unsubscribe", $"<{unsubscribeUrl}>");
            mime.Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        if (named is var (name, value))
        {
            mime.Header(name, value);
        }

        mime.Header("MIME-Version", "1.0");
        if (email.Html is null)
        {
            WritePart(mime, "plain", email.Text);
            return mime.Written;
        }

        mime.Header("Content-Type", $"multipart/alternative; boundary=\"{Boundary}\"");
        mime.Line();
        mime.Line($"--{Boundary}");
        WritePart(mime, "plain", email.Text);
        mime.Line($"--{Boundary}");
        if (email.Pictures.Count == 0)
        {
            WritePart(mime, "html", email.Html);
        }
        else
        {
            WriteRelated(mime, email.Html, email.Pictures);
        }

        mime.Line($"--{Boundary}--");
        return mime.Written;
    }

    // HTML with what it shows; programs that show the text need none of it.
    private static void WriteRelated(MimeWriter mime, string html, IReadOnlyList<MailPicture> pictures)
    {
        mime.Header("Content-Type", $"multipart/related; boundary=\"{InnerBoundary}\"; type=\"text/html\"");
        mime.Line();
        mime.Line($"--{InnerBoundary}");
        WritePart(mime, "html", html);
        foreach (var (i, picture) in pictures.Index())
        {
            mime.Line($"--{InnerBoundary}");
            mime.Header("Content-Type", "image/png");
            mime.Header("Content-Transfer-Encoding", "base64");
            mime.Header("Content-Id", $"<{picture.ContentId}>");
            mime.Header("Content-Disposition", string.Create(CultureInfo.InvariantCulture, $"inline; filename=\"code-{i + 1}.png\""));
            mime.Line();
            mime.Line(Convert.ToBase64String(picture.Png, Base64FormattingOptions.InsertLineBreaks));
        }

        mime.Line($"--{InnerBoundary}--");
    }

    private static void WritePart(MimeWriter mime, string subtype, string text)
    {
        var encoding = EncodingFor(text);
        mime.Header("Content-Type", $"text/{subtype}; charset=utf-8");
        mime.Header("Content-Transfer-Encoding", encoding);
        mime.Line();
        text = text.ReplaceLineEndings("\r\n");
        switch (encoding)
        {
            case "7bit":
                mime.Line(text);
                break;
            case "base64":
                mime.Line(Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks));
                break;
            default:
                mime.QuotedPrintable(Encoding.UTF8.GetBytes(text));
                break;
        }
    }

    private static string EncodingFor(string text)
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

        return foreign == 0 && longest <= LongestLine && !text.Contains(Boundary, StringComparison.Ordinal) && !text.Contains(InnerBoundary, StringComparison.Ordinal) ? "7bit"
            : foreign > text.Length / 6 ? "base64"
            : "quoted-printable";
    }

    private static bool IsHeaderSafe(string url) =>
        url.Length < LongestLine - 20 && url.All(c => c is > ' ' and < '\x7f' and not ('<' or '>')) && Uri.TryCreate(url, UriKind.Absolute, out _);
}
