using System.Buffers;
using System.Globalization;
using System.Text;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary>The <c>date</c> filter: instants in the project's zone, days and times without an offset as they are written.</summary>
internal static class Dates
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;
    private static readonly SearchValues<char> Flags = SearchValues.Create("-0^#_:");

    public static FluidValue Format(RenderRun run, FluidValue input, string format) =>
        format.Length == 0 || Moment(run, input) is not { } time ? input : new StringValue(Print(time, format));

    private static DateTimeOffset? Moment(RenderRun run, FluidValue input)
    {
        var text = LiquidText.Of(input).Trim();
        if (text.ToLowerInvariant() is "now" or "today")
        {
            return TimeZoneInfo.ConvertTime(run.Clock.GetUtcNow(), run.Data.Zone);
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, English, out var seconds) && input is NumberValue or StringValue)
        {
            return seconds is > -62_135_596_800 and < 253_402_300_800 - 86_400 ? TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), run.Data.Zone) : null;
        }

        if (input is not StringValue || !DateTime.TryParse(text, English, DateTimeStyles.RoundtripKind, out var written))
        {
            return null;
        }

        return written.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(written, run.Data.Zone.GetUtcOffset(written))
            : TimeZoneInfo.ConvertTime(new DateTimeOffset(written.ToUniversalTime()), run.Data.Zone);
    }

    /// <summary>By the format of the C function strftime, with Ruby's flags.</summary>
    private static string Print(DateTimeOffset time, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var start = i;
            var flags = format[i] == '%' ? format.AsSpan(i + 1) : default;
            flags = flags[..(flags.IndexOfAnyExcept(Flags) is var end && end < 0 ? 0 : end)];
            var digits = format.AsSpan(i + 1 + flags.Length);
            digits = format[i] == '%' && digits.IndexOfAnyExceptInRange('0', '9') is > 0 and < 4 and var count ? digits[..count] : default;
            i += format[i] == '%' ? Math.Min(flags.Length + digits.Length + 1, format.Length - 1 - i) : 0;
            var (value, width, padding) = format[start] == '%' ? Part(time, format[i], flags.Contains(':')) : (null, 0, ' ');
            if (value is null)
            {
                text.Append(format, start, i - start + 1);
                continue;
            }

            padding = flags.Contains('_') ? ' ' : flags.Contains('0') ? '0' : padding;
            width = flags.Contains('-') ? 0 : digits.Length > 0 ? int.Parse(digits, English) : width;
            value = width == 0 && padding != 'x' ? value.TrimStart(' ') : value.PadLeft(width, padding == 'x' ? ' ' : padding);
            RenderBudget.CheckLength(text.Length + value.Length);
            text.Append(flags.Contains('^') || flags.Contains('#') ? value.ToUpperInvariant() : value);
        }

        return text.ToString();
    }

    private static (string? Value, int Width, char Padding) Part(DateTimeOffset time, char letter, bool colon) => letter switch
    {
        'Y' => Number(time.Year, 4),
        'C' => Number(time.Year / 100, 2),
        'y' => Number(time.Year % 100, 2),
        'm' => Number(time.Month, 2),
        'd' => Number(time.Day, 2),
        'e' => Number(time.Day, 2, ' '),
        'j' => Number(time.DayOfYear, 3),
        'H' => Number(time.Hour, 2),
        'k' => Number(time.Hour, 2, ' '),
        'I' => Number(((time.Hour + 11) % 12) + 1, 2),
        'l' => Number(((time.Hour + 11) % 12) + 1, 2, ' '),
        'M' => Number(time.Minute, 2),
        'S' => Number(time.Second, 2),
        'L' => Number(time.Millisecond, 3),
        'N' => Number(time.Ticks % TimeSpan.TicksPerSecond * 100, 9),
        's' => Number(time.ToUnixTimeSeconds(), 0),
        'u' => Number(time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek, 0),
        'w' => Number((int)time.DayOfWeek, 0),
        'G' => Number(ISOWeek.GetYear(time.DateTime), 4),
        'V' => Number(ISOWeek.GetWeekOfYear(time.DateTime), 2),
        'U' => Number((time.DayOfYear + 6 - (int)time.DayOfWeek) / 7, 2),
        'W' => Number((time.DayOfYear + 6 - (((int)time.DayOfWeek + 6) % 7)) / 7, 2),
        'B' => (time.ToString("MMMM", English), 0, 'x'),
        'b' or 'h' => (time.ToString("MMM", English), 0, 'x'),
        'A' => (time.ToString("dddd", English), 0, 'x'),
        'a' => (time.ToString("ddd", English), 0, 'x'),
        'p' => (time.Hour < 12 ? "AM" : "PM", 0, 'x'),
        'P' => (time.Hour < 12 ? "am" : "pm", 0, 'x'),
        'z' => (time.ToString("zzz", English) is var offset && colon ? offset : offset.Replace(":", "", StringComparison.Ordinal), 0, 'x'),
        'Z' => (time.Offset == TimeSpan.Zero ? "UTC" : time.ToString("zzz", English), 0, 'x'),
        'F' => (Print(time, "%Y-%m-%d"), 0, 'x'),
        'D' or 'x' => (Print(time, "%m/%d/%y"), 0, 'x'),
        'T' or 'X' => (Print(time, "%H:%M:%S"), 0, 'x'),
        'R' => (Print(time, "%H:%M"), 0, 'x'),
        'r' => (Print(time, "%I:%M:%S %p"), 0, 'x'),
        'c' => (Print(time, "%a %b %e %H:%M:%S %Y"), 0, 'x'),
        'v' => (Print(time, "%e-%^b-%Y"), 0, 'x'),
        'n' => ("\n", 0, 'x'),
        't' => ("\t", 0, 'x'),
        '%' => ("%", 0, 'x'),
        _ => (null, 0, ' '),
    };

    private static (string? Value, int Width, char Padding) Number(long number, int width, char padding = '0') => (number.ToString(English), width, padding);
}
