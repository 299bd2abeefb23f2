using System.Collections.Concurrent;
using Marketing.Distributions;
using Marketing.Observability;
using Marketing.Storage;

namespace Marketing.Catalogue;

/// <summary>
/// This silo's copy of the catalogue of every project it works for. A commit carries the version it was matched against; the
/// committer refuses older ones, on every silo, and whoever is refused finds the new version here.
/// </summary>
internal sealed class Catalogues(
    ISegmentStore segments, IDistributionStore distributions, FilterSettingsSource filterSettings, ICatalogueVersions versions, ICatalogueFence fence,
    EngineMetrics metrics)
{
    private readonly ConcurrentDictionary<int, ProjectCatalogue> _projects = new();
    private readonly ConcurrentDictionary<int, SemaphoreSlim> _refreshing = new();

    public ValueTask<CatalogueSnapshot> GetAsync(int project) =>
        _projects.TryGetValue(project, out var known) && known.Current is { } snapshot && snapshot.Version >= fence.CurrentVersion(project)
            ? new(snapshot)
            : new(LoadAsync(project));

    /// <summary>At least as new as any change that was made before this call, on whatever silo.</summary>
    public async ValueTask<CatalogueSnapshot> FreshAsync(int project)
    {
        fence.Observe(project, await versions.ReadAsync(project));
        return await GetAsync(project);
    }

    /// <summary>
    /// Makes a change of segments or distributions, whose rows are written, known to every silo. When this returned, every commit on every silo
    /// is matched against the change, and those matched before it are written.
    /// </summary>
    public async Task ChangedAsync(int project)
    {
        await versions.AdvanceAsync(project);
        await FreshAsync(project);
    }

    /// <summary>How many distributions and filters of a project are kept as they were read.</summary>
    public (int Distributions, int Filters) Kept(int project) => _projects.TryGetValue(project, out var known) ? known.Kept : default;

    private async Task<CatalogueSnapshot> LoadAsync(int project)
    {
        var known = _projects.GetOrAdd(project, static _ => new ProjectCatalogue());
        var gate = _refreshing.GetOrAdd(project, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync();
        try
        {
            if (known.Current is { } present && present.Version >= fence.CurrentVersion(project))
            {
                return present;
            }

            // The version before the rows: they may be newer than it, never older.
            var version = await versions.ReadAsync(project);
            var zone = (await filterSettings.ZonesAsync(project)).Told;
            var segmentRows = await segments.AllAsync(project);
            var distributionRows = await distributions.InStatusAsync(
                project, DistributionStatuses.Live, DistributionStatuses.Paused, DistributionStatuses.Sending,
                DistributionStatuses.Scheduled, DistributionStatuses.WaitingForSegment);

            var snapshot = known.Read(project, version, segmentRows, distributionRows, zone);
            fence.Observe(project, version);
            metrics.CatalogueRefreshed();
            return snapshot;
        }
        finally
        {
            gate.Release();
        }
    }
}
