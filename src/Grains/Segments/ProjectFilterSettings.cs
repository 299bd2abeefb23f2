using Marketing.Filters;
using Marketing.Projects;

namespace Marketing.Segments;

/// <summary>The time zone and week of a project's calendar conditions.</summary>
internal sealed class ProjectFilterSettings(IGrainFactory grains)
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
}
