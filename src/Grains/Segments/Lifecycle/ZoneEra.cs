using System.Text.Json;

namespace Marketing.Segments;

/// <summary>The time zone in which a segment's filter reads the calendar, from an instant on until the next one begins.</summary>
/// <param name="From">When it begins. Of the first one it is not asked.</param>
/// <param name="Zone">IANA name.</param>
internal sealed record ZoneEra(DateTimeOffset From, string Zone)
{
    /// <summary>From the stored text; null where there is none, or it is damaged.</summary>
    public static IReadOnlyList<ZoneEra>? Read(string? text)
    {
        try
        {
            return text is not null && JsonSerializer.Deserialize<ZoneEra[]>(text) is { Length: > 0 } zones && zones.All(era => era?.Zone is not null) ? zones : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As it is stored.</summary>
    public static string? Write(IReadOnlyList<ZoneEra>? zones) => zones is null ? null : JsonSerializer.Serialize(zones);
}
