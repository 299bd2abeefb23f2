using Marketing.Segments.Filters;

namespace Marketing.Catalogue;

/// <summary>The time zone and week of a project's calendar conditions.</summary>
internal sealed class FilterSettingsSource(IGrainFactory grains)
{
    public async Task<FilterSettings> ForAsync(int project)
    {
        var known = await grains.ProjectDirectory.ListAsync();
        var zone = known.FirstOrDefault(candidate => candidate.Number == project)?.Settings.TimeZone;
        return zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var info)
            ? FilterSettings.Default with { TimeZone = info }
            : FilterSettings.Default;
    }
}
