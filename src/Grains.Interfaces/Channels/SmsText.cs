using System.Text;

namespace Marketing.Channels;

/// <summary>How a text travels as SMS: in which alphabet, and in how many parts. An estimate of what a provider will charge, by the rules of GSM 03.38 and 03.40.</summary>
public sealed record SmsText
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    // Each takes two places: one that says so, and its own.
    private const string Extended = "\f^{}\\[~]|€";

    private const int Septets = 160;
    private const int SeptetsOfPart = 153;
    private const int Units = 70;
    private const int UnitsOfPart = 67;
    private const int MostNamed = 20;

    /// <summary><c>GSM-7</c> or <c>UCS-2</c>.</summary>
    public required string Encoding { get; init; }

    /// <summary>How many messages of the network it takes; 0 for no text.</summary>
    public required int Segments { get; init; }

    /// <summary>How many places it takes: septets of GSM-7, units of 16 bits of UCS-2.</summary>
    public required int Length { get; init; }

    /// <summary>How many places a segment of it has.</summary>
    public required int PerSegment { get; init; }

    /// <summary>How many more places the last segment has.</summary>
    public required int Left { get; init; }

    /// <summary>The characters that are not in GSM-7, each once and in their order: because of them there is room for less than half. At most 20.</summary>
    public required IReadOnlyList<string> Unusual { get; init; }

    /// <summary>Counts a text.</summary>
    public static SmsText Of(string text)
    {
        var unusual = new List<string>();
        foreach (var rune in text.EnumerateRunes())
        {
            if (SeptetsOf(rune) == 0 && unusual.Count < MostNamed && !unusual.Contains(rune.ToString()))
            {
                unusual.Add(rune.ToString());
            }
        }

        return unusual.Count == 0
            ? Count(text, "GSM-7", SeptetsOf, Septets, SeptetsOfPart, unusual)
            : Count(text, "UCS-2", static rune => rune.Utf16SequenceLength, Units, UnitsOfPart, unusual);
    }

    private static SmsText Count(string text, string encoding, Func<Rune, int> size, int single, int part, List<string> unusual)
    {
        var length = text.EnumerateRunes().Sum(size);
        if (length <= single)
        {
            return new SmsText { Encoding = encoding, Segments = length == 0 ? 0 : 1, Length = length, PerSegment = single, Left = single - length, Unusual = unusual };
        }

        // No character is torn: one of two places that does not fit begins the next part.
        var (segments, used) = (1, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var places = size(rune);
            (segments, used) = used + places <= part ? (segments, used + places) : (segments + 1, places);
        }

        return new SmsText { Encoding = encoding, Segments = segments, Length = length, PerSegment = part, Left = part - used, Unusual = unusual };
    }

    // 0 for what is not in the alphabet.
    private static int SeptetsOf(Rune rune) => !rune.IsBmp ? 0
        : Basic.Contains((char)rune.Value, StringComparison.Ordinal) ? 1
        : Extended.Contains((char)rune.Value, StringComparison.Ordinal) ? 2
        : 0;
}
