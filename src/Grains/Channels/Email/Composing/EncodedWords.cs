using System.Text;

namespace Marketing.Channels.Email;

/// <summary>Text of a header in the encoding of RFC 2047, all of it.</summary>
internal static class EncodedWords
{
    // A line with such a word has 76 characters at most. The longest name of a header before it has 10, 12 are around the text, and three bytes are four.
    private const int Bytes = 39;

    public static string Of(string text)
    {
        var encoded = new StringBuilder();
        var word = new List<byte>(Bytes);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            // Every word has whole characters.
            var length = rune.EncodeToUtf8(utf8);
            if (word.Count + length > Bytes)
            {
                Append(encoded, word);
            }

            word.AddRange(utf8[..length]);
        }

        Append(encoded, word);
        return encoded.ToString();
    }

    // White space between two words is not part of the text.
    private static void Append(StringBuilder encoded, List<byte> word)
    {
        encoded.Append(encoded.Length == 0 ? "" : "\r\n ").Append("=?utf-8?B?").Append(Convert.ToBase64String(word.ToArray())).Append("?=");
        word.Clear();
    }
}
