namespace Marketing.Segments;

/// <summary>The time zone in which a segment's filter reads the calendar, from an instant on until the next one begins.</summary>
/// <param name="From">When it begins. Of the first one it is not asked.</param>
/// <param name="Zone">IANA name.</param>
internal sealed record ZoneEra(DateTimeOffset From, string Zone);
