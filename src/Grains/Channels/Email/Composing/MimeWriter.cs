using System.Buffers;
using System.Text;

namespace Marketing.Channels.Email;

/// <summary>Writes the lines of a message.</summary>
internal sealed class MimeWriter(int capacity)
{
    // An encoded line is at most 76 characters; three are kept for the last character and its soft break.
    private const int EncodedLine = 73;

    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private readonly ArrayBufferWriter<byte> _bytes = new(capacity);

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Header(string name, string value)
    {
        Text(name);
        _bytes.Write(": "u8);
        Line(value);
    }

    public void Line(string text = "")
    {
        Text(text);
        _bytes.Write("\r\n"u8);
    }

    public void QuotedPrintable(ReadOnlySpan<byte> text)
    {
        var column = 0;
        while (!text.IsEmpty)
        {
            if (text.StartsWith("\r\n"u8))
            {
                _bytes.Write("\r\n"u8);
                text = text[2..];
                column = 0;
                continue;
            }

            if (column >= EncodedLine)
            {
                _bytes.Write("=\r\n"u8);
                column = 0;
            }

            var plain = text.IndexOfAnyExcept(Plain);
            var run = Math.Min(plain < 0 ? text.Length : plain, EncodedLine - column);

            // White space at the end of a line is lost on the way unless it is encoded.
            var endsLine = run == text.Length || text[run] == '\r';
            run -= run > 0 && endsLine && text[run - 1] == ' ' ? 1 : 0;
            if (run > 0)
            {
                _bytes.Write(text[..run]);
                column += run;
            }
            else
            {
                run = 1;
                var escape = _bytes.GetSpan(3);
                escape[0] = (byte)'=';
                escape[1] = (byte)"0123456789ABCDEF"[text[0] >> 4];
                escape[2] = (byte)"0123456789ABCDEF"[text[0] & 15];
                _bytes.Advance(3);
                column += 3;
            }

            text = text[run..];
        }

        _bytes.Write("\r\n"u8);
    }

    private void Text(string text) => Encoding.UTF8.GetBytes(text, _bytes);
}
