using System.Collections.Concurrent;

namespace Marketing.Projects;

/// <summary>Time zones of projects by number, for what prints dates. Kept for a while, because they are asked for with every batch and hardly ever change.</summary>
internal sealed class ProjectZones(IGrainFactory grains, TimeProvider clock)
{
    // How long messages may still be written in the old zone.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, (string Zone, long Read)> _known = new();

    public async ValueTask<string> OfAsync(int project) =>
        _known.TryGetValue(project, out var known) && clock.GetElapsedTime(known.Read) < Kept ? known.Zone : await ReadAsync(project);

    /// <summary>As it is now.</summary>
    public async ValueTask<string> ReadAsync(int project)
    {
        var read = clock.GetTimestamp();
        foreach (var candidate in await grains.ProjectDirectory.ListAsync())
        {
            _known[candidate.Number] = (candidate.Settings.TimeZone, read);
        }

        return _known.TryGetValue(project, out var found) ? found.Zone : "UTC";
    }
}
