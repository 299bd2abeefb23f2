using System.Buffers;
using System.Text;
using MimeKit;

namespace Marketing.Channels.Email;

/// <summary>
/// Values of headers. Ordinary ones are written as they are, all others the way MimeKit encodes them; what only looks encoded is encoded here, so that
/// no receiver decodes what somebody has written.
/// </summary>
internal static class EmailHeader
{
    private const int OneLine = 60;

    private static readonly FormatOptions Ascii = new() { NewLineFormat = NewLineFormat.Dos };
    private static readonly FormatOptions International = new() { NewLineFormat = NewLineFormat.Dos, International = true };
    private static readonly SearchValues<char> Letters = SearchValues.Create(" -'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly SearchValues<char> Printable = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    public static string Mailbox(MailboxAddress mailbox)
    {
        var name = mailbox.Name ?? "";
        if (name.Length + mailbox.Address.Length <= OneLine && !name.AsSpan().ContainsAnyExcept(Letters) && mailbox.Address.All(char.IsAscii))
        {
            return name.Length == 0 ? mailbox.Address : $"\"{name}\" <{mailbox.Address}>";
        }

        if (LooksEncoded(name))
        {
            return $"{EncodedWords.Of(name)}\r\n <{(mailbox.LocalPart.All(char.IsAscii) ? MailboxAddress.EncodeAddrspec(mailbox.Address) : mailbox.Address)}>";
        }

        // An address beyond ASCII only goes to servers that take it, and is then written as it is.
        var options = mailbox.LocalPart.All(char.IsAscii) ? Ascii : International;
        return mailbox.ToString(options, encode: true);
    }

    public static string Text(string text) => LooksEncoded(text) ? EncodedWords.Of(text)
        : text.Length <= OneLine && !text.AsSpan().ContainsAnyExcept(Printable) ? text
        : Encoding.UTF8.GetString(new Header(Encoding.UTF8, HeaderId.Subject, text).RawValue).Trim().ReplaceLineEndings("\r\n");

    /// <summary>What may stand in a message id or a file name; the engine's own ids pass unchanged.</summary>
    public static string Token(string id) =>
        id.All(IsToken) ? id : string.Concat(id.Select(c => IsToken(c) ? c : '_'));

    private static bool LooksEncoded(string text) => text.Contains("=?", StringComparison.Ordinal);

    private static bool IsToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
