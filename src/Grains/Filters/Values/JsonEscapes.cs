using System.Buffers.Text;
using System.Text;

namespace Marketing.Filters;

/// <summary>
/// Undoes JSON escapes. Unlike the reader's own copy this never fails: half of a surrogate pair, legal in JSON text but not in
/// Unicode, becomes the replacement character, because a strange document must not stop the evaluation of a segment.
/// </summary>
internal static class JsonEscapes
{
    /// <summary>Writes the text of a well-formed JSON string without its quotes; the target needs no more room than the source.</summary>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> target)
    {
        var written = 0;
        while (!escaped.IsEmpty)
        {
            var slash = escaped.IndexOf((byte)'\\');
            if (slash != 0)
            {
                var plain = slash < 0 ? escaped : escaped[..slash];
                plain.CopyTo(target[written..]);
                written += plain.Length;
                escaped = escaped[plain.Length..];
                continue;
            }

            if (escaped[1] == 'u')
            {
                written += ReadRune(ref escaped).EncodeToUtf8(target[written..]);
            }
            else
            {
                target[written++] = Short(escaped[1]);
                escaped = escaped[2..];
            }
        }

        return written;
    }

    private static byte Short(byte code) => code switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'t' => (byte)'\t',
        (byte)'r' => (byte)'\r',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => code,
    };

    private static Rune ReadRune(ref ReadOnlySpan<byte> escaped)
    {
        var first = Hex(escaped);
        escaped = escaped[6..];
        if (char.IsHighSurrogate(first) && escaped.Length >= 6 && escaped[0] == '\\' && escaped[1] == 'u'
            && Rune.TryCreate(first, Hex(escaped), out var pair))
        {
            escaped = escaped[6..];
            return pair;
        }

        return Rune.TryCreate(first, out var single) ? single : Rune.ReplacementChar;
    }

    private static char Hex(ReadOnlySpan<byte> escape) => Utf8Parser.TryParse(escape.Slice(2, 4), out ushort code, out _, 'x') ? (char)code : '\0';
}
