using Marketing.Catalogue;
using Marketing.Filters;

namespace Marketing.Projects;

/// <summary>What is decided by of a project's settings.</summary>
/// <param name="Calendar">Days and hours.</param>
/// <param name="CaseSensitiveCodes">Whether codes tell <c>A</c> from <c>a</c>.</param>
internal sealed record ProjectSection(FilterSettings Calendar, bool CaseSensitiveCodes);

/// <summary>Reads the settings of a project.</summary>
internal sealed class ProjectSectionReader(IGrainFactory grains) : SectionReader<ProjectSection>
{
    // No table of the data plane: who changes settings tells the catalogues.
    public override IReadOnlyList<string> Tables => [];

    protected override async ValueTask<ProjectSection> ReadAsync(int project, ProjectSection? before)
    {
        var settings = (await grains.ProjectDirectory.ListAsync()).FirstOrDefault(candidate => candidate.Number == project)?.Settings;
        return settings is null ? new ProjectSection(FilterSettings.Default, CaseSensitiveCodes: true) : new ProjectSection(FilterSettings.In(settings.TimeZone), settings.CaseSensitiveCodes ?? true);
    }
}

/// <summary>Has the silos read the settings again.</summary>
internal sealed class CataloguesFollowTimeZone(Catalogues catalogues) : ITimeZoneFollower
{
    public Task FollowAsync(int project) => catalogues.ChangedAsync(project);
}
