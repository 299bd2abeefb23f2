using System.Collections.Concurrent;

namespace Marketing.Projects;

/// <summary>Settings of projects by which messages are written: kept for a while, because they are asked for with every batch and hardly ever change.</summary>
internal sealed class ProjectSettingsCache(IGrainFactory grains, TimeProvider clock)
{
    // How long messages may still be written by the old ones.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private static readonly ProjectSettings Unknown = new() { Name = "" };

    private readonly ConcurrentDictionary<int, (ProjectSettings Settings, long Read)> _known = new();

    public ValueTask<ProjectSettings> OfAsync(int project) =>
        _known.TryGetValue(project, out var known) && clock.GetElapsedTime(known.Read) < Kept ? new(known.Settings) : ReadAsync(project);

    /// <summary>As they are now.</summary>
    public async ValueTask<ProjectSettings> ReadAsync(int project)
    {
        var read = clock.GetTimestamp();
        foreach (var candidate in await grains.ProjectDirectory.ListAsync())
        {
            _known[candidate.Number] = (candidate.Settings, read);
        }

        return _known.TryGetValue(project, out var found) ? found.Settings : Unknown;
    }
}
