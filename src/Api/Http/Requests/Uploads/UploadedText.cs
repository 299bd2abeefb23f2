using System.Text;
using System.Text.Unicode;

namespace Marketing.Http;

/// <summary>The text of an uploaded file as UTF-8, whatever it was sent in. What is no text is refused by its line.</summary>
internal static class UploadedText
{
    /// <param name="file">The bytes that were sent.</param>
    /// <param name="charset">What they are said to be. Nothing said is UTF-8, or UTF-16 when they begin as it does.</param>
    public static byte[] ToUtf8(byte[] file, string? charset)
    {
        var encoding = Find(file, charset);
        var utf8 = encoding is UTF8Encoding ? Checked(file) : Converted(file, encoding);
        return utf8.AsSpan().IndexOf((byte)0) is >= 0 and var nul
            ? throw Refuse($"must not contain NUL characters, as line {utf8.AsSpan(0, nul).Count((byte)'\n') + 1} does")
            : utf8;
    }

    private static Encoding Find(byte[] file, string? charset)
    {
        var isBigEndian = file is [0xFE, 0xFF, ..];
        if ((isBigEndian || file is [0xFF, 0xFE, ..]) && (charset is null || charset.Equals("utf-16", StringComparison.OrdinalIgnoreCase)))
        {
            charset = isBigEndian ? "utf-16BE" : "utf-16";
        }

        try
        {
            return charset is null
                ? Encoding.UTF8
                : CodePagesEncodingProvider.Instance.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                    ?? Encoding.GetEncoding(charset, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            throw Refuse("has a charset that is not known here");
        }
    }

    private static byte[] Checked(byte[] file)
    {
        if (Utf8.IsValid(file))
        {
            return file;
        }

        var line = 0;
        foreach (var range in file.AsSpan().Split((byte)'\n'))
        {
            line++;
            if (!Utf8.IsValid(file.AsSpan(range)))
            {
                break;
            }
        }

        throw Refuse($"must be UTF-8, or have another charset in the content type of its part: line {line} is no UTF-8");
    }

    private static byte[] Converted(byte[] file, Encoding encoding)
    {
        var bytes = file.AsSpan(file.AsSpan().StartsWith(encoding.Preamble) ? encoding.Preamble.Length : 0);
        try
        {
            return Encoding.UTF8.GetBytes(encoding.GetString(bytes));
        }
        catch (DecoderFallbackException bad)
        {
            var lenient = (Encoding)encoding.Clone();
            lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
            var line = lenient.GetString(bytes[..Math.Clamp(bad.Index, 0, bytes.Length)]).AsSpan().Count('\n') + 1;
            throw Refuse($"must be {encoding.WebName}, as it says it is: line {line} is not");
        }
    }

    private static RefusedException Refuse(string rule) => new(ApiError.InvalidPayload($"Payload property '.file' {rule}"));
}
