using System.Collections.Concurrent;
using System.Text.Json;
using Marketing.Distributions;
using Marketing.Observability;
using Marketing.Segments;
using Marketing.Segments.Filters;
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
    private readonly ConcurrentDictionary<int, CatalogueSnapshot> _current = new();
    private readonly ConcurrentDictionary<int, SemaphoreSlim> _refreshing = new();
    private readonly ConcurrentDictionary<(int Project, int Number), (byte[] Document, DistributionEntry Entry)> _parsed = new();
    private readonly ConcurrentDictionary<(int Project, int Number), (byte[] Filter, IReadOnlyList<ZoneEra> Zones, SegmentFilter Compiled)> _compiled = new();

    public ValueTask<CatalogueSnapshot> GetAsync(int project) =>
        _current.TryGetValue(project, out var snapshot) && snapshot.Version >= fence.CurrentVersion(project) ? new(snapshot) : new(LoadAsync(project));

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

    private async Task<CatalogueSnapshot> LoadAsync(int project)
    {
        var gate = _refreshing.GetOrAdd(project, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync();
        try
        {
            if (_current.TryGetValue(project, out var present) && present.Version >= fence.CurrentVersion(project))
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

            var snapshot = new CatalogueSnapshot(
                project, version, [.. segmentRows.Select(row => Entry(row, zone))], [.. distributionRows.Select(Entry)]);
            _current[project] = snapshot;
            fence.Observe(project, version);
            metrics.CatalogueRefreshed();
            return snapshot;
        }
        finally
        {
            gate.Release();
        }
    }

    private SegmentEntry Entry(SegmentRow row, string zone) => new()
    {
        Number = row.Number,
        Id = row.Id,
        Name = row.Name,
        Fires = row.Type == SegmentTypes.Active,
        Synced = row.Synced,
        Baseline = row.Baseline,
        Filter = row.Filter is null ? null : Compile(row, row.Zones ?? [new ZoneEra(default, zone)]),
    };

    private SegmentFilter Compile(SegmentRow row, IReadOnlyList<ZoneEra> zones)
    {
        var key = (row.Project, row.Number);
        if (_compiled.TryGetValue(key, out var known) && known.Filter.AsSpan().SequenceEqual(row.Filter) && known.Zones.SequenceEqual(zones))
        {
            return known.Compiled;
        }

        var compiled = Parse(row, zones[0].Zone);
        foreach (var era in zones.Skip(1))
        {
            compiled = Parse(row, era.Zone).After(compiled, era.From);
        }

        _compiled[key] = (row.Filter!, zones, compiled);
        return compiled;
    }

    private static SegmentFilter Parse(SegmentRow row, string zone)
    {        // A stored filter was accepted by the same parser, so it parses; if an upgrade made it stricter, matching nobody in
        // silence would lose messages: better to fail loudly.
        return SegmentFilter.Parse(row.Filter, FilterSettingsSource.In(zone)) switch
        {
            FilterParseResult.Ok ok => ok.Filter,
            FilterParseResult.Malformed no => throw new InvalidOperationException($"Stored filter of segment {row.Id} is refused at {no.Path}: {no.Message}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    // Entries keep their identity while the row does not change: channels cache compiled templates by it.
    private DistributionEntry Entry(DistributionRow row)
    {
        var key = (row.Project, row.Number);
        if (_parsed.TryGetValue(key, out var known) && known.Document.AsSpan().SequenceEqual(row.Document))
        {
            return known.Entry;
        }

        var view = JsonSerializer.Deserialize<Distribution>(row.Document, WireJson.Options)!;
        var entry = new DistributionEntry { Number = row.Number, Id = row.Id, Status = row.Status, Draft = view.Draft };
        _parsed[key] = (row.Document, entry);
        return entry;
    }
}
