using System.Text;

namespace Marketing.Testing;

/// <summary>Takes out of a mail what the ledger keeps.</summary>
internal static class MailHeaders
{
    public static ReceivedMail Read(ReadOnlySpan<byte> data, string from, IReadOnlyList<string> to, int connection, bool keepText)
    {
        var messageId = "";
        var subject = "";
        var rest = data;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf("\r\n"u8);
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 2)..];
            if (line.IsEmpty)
            {
                break;
            }

            if (IsHeader(line, "Message-Id:"u8))
            {
                messageId = Encoding.UTF8.GetString(line[11..]).Trim(' ', '<', '>');
            }
            else if (IsHeader(line, "Subject:"u8))
            {
                subject = Encoding.UTF8.GetString(line[8..]).Trim();
            }
        }

        var text = keepText ? Encoding.UTF8.GetString(data).Replace("\r\n..", "\r\n.", StringComparison.Ordinal) : null;
        return new ReceivedMail(messageId, from, to, subject, text, connection, DateTimeOffset.UtcNow);
    }

    private static bool IsHeader(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name) =>
        line.Length >= name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name);
}
