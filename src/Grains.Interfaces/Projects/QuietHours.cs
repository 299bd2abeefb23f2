namespace Marketing.Projects;

/// <summary>When nobody is written to, by the customer's own clock. What is due meanwhile waits for the end and is never dropped.</summary>
/// <param name="From">When they begin.</param>
/// <param name="To">When they end; before <paramref name="From"/> it is on the next day. The two differ.</param>
[GenerateSerializer, Immutable, Alias("quiet-hours")]
public sealed record QuietHours([property: Id(0)] TimeOnly From, [property: Id(1)] TimeOnly To)
{
    /// <summary>When the quiet hours end that it is in; null outside of them. Where clocks are put back over the end, the later of the two; where they skip it, the first moment after.</summary>
    public DateTimeOffset? EndAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var time = TimeOnly.FromDateTime(local);
        if (!time.IsBetween(From, To))
        {
            return null;
        }

        var end = DateOnly.FromDateTime(local).AddDays(To < From && time >= From ? 1 : 0).ToDateTime(To);
        while (zone.IsInvalidTime(end))
        {
            end = end.AddMinutes(15);
        }

        return new DateTimeOffset(end, zone.GetUtcOffset(end)).ToUniversalTime();
    }
}
