using System.Collections.Concurrent;
using Marketing.Distributions;
using Marketing.Distributions.Lanes;
using Marketing.Observability;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Catalogue;

/// <summary>
/// This silo's copy of the catalogue of every project it works for. A commit carries the version it was matched against; the
/// committer refuses older ones, on every silo, and whoever is refused finds the new version here.
/// </summary>
internal sealed partial class Catalogues(
    ISegmentStore segments, IDistributionStore distributions, FilterSettingsSource filterSettings, ICatalogueVersions versions, ICatalogueFence fence,
    LocalLanes lanes, IGrainFactory grains, EngineMetrics metrics, ILogger<Catalogues> logger)
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

            var before = known.Current;
            var snapshot = known.Read(project, version, segmentRows, distributionRows, zone);
            fence.Observe(project, version);
            var over = before?.Distributions.Select(entry => entry.Number).Where(number => snapshot.Distribution(number) is null).ToHashSet();
            if (over is { Count: > 0 })
            {
                lanes.Over(over, version);
            }

            Report(before, snapshot);
            metrics.CatalogueRefreshed();
            return snapshot;
        }
        finally
        {
            gate.Release();
        }
    }

    // Once for each thing that is stored: by whoever meets it first on each silo.
    private void Report(CatalogueSnapshot? before, CatalogueSnapshot now)
    {
        foreach (var segment in now.Segments.Where(segment => segment.Unreadable is not null && segment.Unreadable != before?.Segment(segment.Id)?.Unreadable))
        {
            if (segment.Unreadable != ProjectCatalogue.MembersOfBefore)
            {
                LogUnreadableSegment(segment.Id, now.Project, segment.Unreadable!);
            }

            // It notes that nobody was looked at by its filter, or begins anew.
            grains.Segment(now.Project, segment.Id).ResumeAsync().Ignore();
        }

        foreach (var entry in now.Distributions.Where(entry => entry.Unread is { } unread && unread.Reason != before?.Distribution(entry.Number)?.Unread?.Reason))
        {
            LogUnreadableDistribution(entry.Id, now.Project, entry.Unread!.Reason);
            grains.Distribution(now.Project, entry.Id).RecoverAsync().Ignore();
        }
    }

    [LoggerMessage(LogLevel.Error, "The stored filter of segment {SegmentId} of project {Project} is not understood, so nobody enters or leaves it until it is changed: {Reason}")]
    private partial void LogUnreadableSegment(string segmentId, int project, string reason);

    [LoggerMessage(LogLevel.Error, "What is stored of distribution {DistributionId} of project {Project} is not understood, so it neither starts on anything nor sends until it is changed: {Reason}")]
    private partial void LogUnreadableDistribution(string distributionId, int project, string reason);
}
