using System.Globalization;
using System.Text;

namespace Marketing.Pictures;

/// <summary>A barcode by ISO/IEC 15417, sets B and C: what tills read. Digits that stand together take half the room.</summary>
public sealed class Code128
{
    private const int StartB = 104;
    private const int StartC = 105;
    private const int ToB = 100;
    private const int ToC = 99;
    private const int Stop = 106;
    private const int Modulus = 103;
    private const int QuietZone = 10;
    private const int ModuleWidth = 3;
    private const int Height = 120;

    // Widths of bars and spaces of each symbol, as the standard lists them.
    private static readonly string[] Widths =
    [
        "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122",
        "123221", "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121", "111323",
        "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331", "231131",
        "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122",
        "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112",
        "124211", "411212", "421112", "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141", "114131", "311141",
        "411131", "211412", "211214", "211232", "2331112",
    ];

    private readonly bool[] _modules;

    private Code128(bool[] modules) => _modules = modules;

    /// <summary>The symbols of a text, with check symbol and stop; null where it has letters that the barcode has not.</summary>
    public static IReadOnlyList<int>? SymbolsOf(string text)
    {
        if (text.Length == 0 || text.Any(letter => letter is < ' ' or > '\x7e'))
        {
            return null;
        }

        var inC = DigitsAt(text, 0) >= 4 || (text.Length == 2 && DigitsAt(text, 0) == 2);
        List<int> symbols = [inC ? StartC : StartB];
        for (var at = 0; at < text.Length;)
        {
            var digits = DigitsAt(text, at);
            if (inC && digits >= 2)
            {
                symbols.Add(((text[at] - '0') * 10) + text[at + 1] - '0');
                at += 2;
            }
            else if (inC)
            {
                symbols.Add(ToB);
                inC = false;
            }
            else if (digits >= 6 || (digits >= 4 && at + digits == text.Length))
            {
                // An odd one goes before, so that the rest are pairs.
                if (digits % 2 == 1)
                {
                    symbols.Add(text[at++] - ' ');
                }

                symbols.Add(ToC);
                inC = true;
            }
            else
            {
                symbols.Add(text[at++] - ' ');
            }
        }

        symbols.Add(symbols.Select((symbol, place) => symbol * Math.Max(1, place)).Sum() % Modulus);
        symbols.Add(Stop);
        return symbols;
    }

    /// <summary>The barcode of a text; null where it has letters that the barcode has not.</summary>
    public static Code128? Of(string text)
    {
        if (SymbolsOf(text) is not { } symbols)
        {
            return null;
        }

        List<bool> modules = [.. Enumerable.Repeat(false, QuietZone)];
        foreach (var widths in symbols.Select(symbol => Widths[symbol]))
        {
            for (var at = 0; at < widths.Length; at++)
            {
                modules.AddRange(Enumerable.Repeat(at % 2 == 0, widths[at] - '0'));
            }
        }

        modules.AddRange(Enumerable.Repeat(false, QuietZone));
        return new Code128([.. modules]);
    }

    /// <summary>As SVG.</summary>
    public string ToSvg()
    {
        var width = _modules.Length * ModuleWidth;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {Height}\" width=\"{width}\" height=\"{Height}\" shape-rendering=\"crispEdges\">");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"");
        for (var at = 0; at < _modules.Length; at++)
        {
            var start = at;
            while (at < _modules.Length && _modules[at])
            {
                at++;
            }

            if (at > start)
            {
                svg.Append(CultureInfo.InvariantCulture, $"M{start * ModuleWidth} 0h{(at - start) * ModuleWidth}v{Height}H{start * ModuleWidth}z");
            }
        }

        return svg.Append("\"/></svg>").ToString();
    }

    /// <summary>As PNG.</summary>
    public byte[] ToPng() => BarsPng.Write(_modules, ModuleWidth, Height);

    private static int DigitsAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - at;
    }
}
