using Marketing.Segments.Filters;

namespace Marketing.Catalogue;

/// <summary>The time zone and week of a project's calendar conditions.</summary>
internal sealed class FilterSettingsSource(IGrainFactory grains)
{
    /// <summary>
    /// The project's time zone, and the one in which segments are read that have not been told of it yet: the same, except while it is being changed.
    /// </summary>
    public async Task<(string Current, string Told)> ZonesAsync(int project)
    {
        var known = (await grains.ProjectDirectory.ListAsync()).FirstOrDefault(candidate => candidate.Number == project);
        var current = known?.Settings.TimeZone ?? FilterSettings.Default.TimeZone.Id;
        return (current, known?.EarlierTimeZone ?? current);
    }

    /// <summary>What a filter means in a time zone; one that this machine does not know is UTC.</summary>
    public static FilterSettings In(string zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info) ? FilterSettings.Default with { TimeZone = info } : FilterSettings.Default;
}
