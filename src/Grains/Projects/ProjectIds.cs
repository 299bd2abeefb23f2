using System.Collections.Concurrent;

namespace Marketing.Projects;

/// <summary>Public ids of projects by number; they never change, so they are kept.</summary>
internal sealed class ProjectIds(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<int, string> _known = new();

    public async ValueTask<string> OfAsync(int project)
    {
        if (_known.TryGetValue(project, out var id))
        {
            return id;
        }

        foreach (var candidate in await grains.ProjectDirectory.ListAsync())
        {
            _known[candidate.Number] = candidate.Id;
        }

        return _known[project];
    }
}
