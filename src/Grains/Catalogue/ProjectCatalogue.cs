using System.Text.Json;
using Marketing.Distributions;
using Marketing.Segments;
using Marketing.Segments.Filters;
using Marketing.Storage;

namespace Marketing.Catalogue;

/// <summary>
/// The catalogue of one project, and what was understood of its rows, so that a row that did not change is not read twice. What the newest catalogue
/// does not have any more is forgotten with it.
/// </summary>
internal sealed class ProjectCatalogue
{
    private Dictionary<int, (byte[] Document, DistributionEntry Entry)> _distributions = [];
    private Dictionary<int, (byte[] Filter, IReadOnlyList<ZoneEra> Zones, SegmentFilter Compiled)> _filters = [];
    private volatile CatalogueSnapshot? _current;

    public CatalogueSnapshot? Current => _current;

    public (int Distributions, int Filters) Kept => (_distributions.Count, _filters.Count);

    /// <summary>Makes the rows the current catalogue. One at a time.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="version">What it is the catalogue of.</param>
    /// <param name="segments">All that are not deleted.</param>
    /// <param name="distributions">All that listen or send.</param>
    /// <param name="zone">In which time zone filters are read whose rows do not say.</param>
    public CatalogueSnapshot Read(
        int project, long version, IReadOnlyList<SegmentRow> segments, IReadOnlyList<DistributionRow> distributions, string zone)
    {
        Dictionary<int, (byte[], IReadOnlyList<ZoneEra>, SegmentFilter)> filters = new(segments.Count);
        Dictionary<int, (byte[], DistributionEntry)> entries = new(distributions.Count);
        var snapshot = new CatalogueSnapshot(
            project, version, [.. segments.Select(row => Entry(row, zone, filters))], [.. distributions.Select(row => Entry(row, entries))]);
        (_filters, _distributions, _current) = (filters, entries, snapshot);
        return snapshot;
    }

    private SegmentEntry Entry(SegmentRow row, string zone, Dictionary<int, (byte[], IReadOnlyList<ZoneEra>, SegmentFilter)> filters) => new()
    {
        Number = row.Number,
        Id = row.Id,
        Name = row.Name,
        Fires = row.Type == SegmentTypes.Active,
        Synced = row.Synced,
        Baseline = row.Baseline,
        Filter = row.Filter is null ? null : Compile(row, row.Zones ?? [new ZoneEra(default, zone)], filters),
    };

    private SegmentFilter Compile(SegmentRow row, IReadOnlyList<ZoneEra> zones, Dictionary<int, (byte[], IReadOnlyList<ZoneEra>, SegmentFilter)> filters)
    {
        if (!_filters.TryGetValue(row.Number, out var known) || !known.Filter.AsSpan().SequenceEqual(row.Filter) || !known.Zones.SequenceEqual(zones))
        {
            var compiled = Parse(row, zones[0].Zone);
            foreach (var era in zones.Skip(1))
            {
                compiled = Parse(row, era.Zone).After(compiled, era.From);
            }

            known = (row.Filter!, zones, compiled);
        }

        filters[row.Number] = known;
        return known.Compiled;
    }

    // A stored filter was accepted by the same parser, so it parses; if an upgrade made it stricter, matching nobody in
    // silence would lose messages: better to fail loudly.
    private static SegmentFilter Parse(SegmentRow row, string zone) => SegmentFilter.Parse(row.Filter, FilterSettingsSource.In(zone)) switch
    {
        FilterParseResult.Ok ok => ok.Filter,
        FilterParseResult.Malformed no => throw new InvalidOperationException($"Stored filter of segment {row.Id} is refused at {no.Path}: {no.Message}"),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // Entries keep their identity while the row does not change: channels cache compiled templates by it.
    private DistributionEntry Entry(DistributionRow row, Dictionary<int, (byte[], DistributionEntry)> entries)
    {
        if (!_distributions.TryGetValue(row.Number, out var known) || !known.Document.AsSpan().SequenceEqual(row.Document))
        {
            var view = JsonSerializer.Deserialize<Distribution>(row.Document, WireJson.Options)!;
            known = (row.Document, new DistributionEntry { Number = row.Number, Id = row.Id, Status = row.Status, Draft = view.Draft });
        }

        entries[row.Number] = known;
        return known.Entry;
    }
}
