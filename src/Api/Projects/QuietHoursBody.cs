using System.Globalization;
using Marketing.Http;

namespace Marketing.Projects;

/// <summary>When nobody is written to.</summary>
internal sealed record QuietHoursBody
{
    private const string Format = "HH:mm";

    /// <summary>When they begin, as <c>21:00</c>.</summary>
    public required string From { get; init; }

    /// <summary>When they end; before <c>from</c> it is on the next day.</summary>
    public required string To { get; init; }

    public static QuietHoursBody? Of(QuietHours? hours) =>
        hours is null ? null : new() { From = hours.From.ToString(Format, CultureInfo.InvariantCulture), To = hours.To.ToString(Format, CultureInfo.InvariantCulture) };

    public static QuietHours Read(Payload body)
    {
        var hours = new QuietHours(Time(body, "from"), Time(body, "to"));
        return hours.From == hours.To ? throw body.Refuse(".to", "must differ from 'from'") : hours;
    }

    private static TimeOnly Time(Payload body, string name) =>
        TimeOnly.TryParseExact(body.RequiredText(name, 5), Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : throw body.Refuse($".{name}", "must be a time of day such as 21:00");
}
