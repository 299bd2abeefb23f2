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
    /// <summary>Of a filter that is understood again, until its segment has begun anew.</summary>
    public const string MembersOfBefore = "it could not be read for a time, and its members are about to be found anew";

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

    private SegmentEntry Entry(SegmentRow row, string zone, Dictionary<int, (byte[], IReadOnlyList<ZoneEra>, SegmentFilter)> filters)
    {
        var unreadable = row.Filter is null || IsUnderstood(row) ? null : UnreadFilter.WhyNot(row.Filter, row.UnreadZones);
        if (unreadable is null && row.Cursor == SegmentState.NotUnderstood)
        {
            unreadable = MembersOfBefore;
        }

        return new SegmentEntry
        {
            Number = row.Number,
            Id = row.Id,
            Name = row.Name,
            Fires = row.Type == SegmentTypes.Active,
            Synced = row.Synced,
            Baseline = row.Baseline,
            Unreadable = unreadable,
            Filter = row.Filter is null || unreadable is not null ? null : Compile(row, row.Zones ?? [new ZoneEra(default, zone)], filters),
        };
    }

    // What was compiled was understood.
    private bool IsUnderstood(SegmentRow row) =>
        row.UnreadZones is null && _filters.TryGetValue(row.Number, out var known) && known.Filter.AsSpan().SequenceEqual(row.Filter);

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

    // Whether it is understood does not depend on the zone.
    private static SegmentFilter Parse(SegmentRow row, string zone) => ((FilterParseResult.Ok)SegmentFilter.Parse(row.Filter, FilterSettingsSource.In(zone))).Filter;

    // Entries keep their identity while the row does not change: channels cache compiled templates by it.
    private DistributionEntry Entry(DistributionRow row, Dictionary<int, (byte[], DistributionEntry)> entries)
    {
        if (!_distributions.TryGetValue(row.Number, out var known) || known.Entry.Status != row.Status || !known.Document.AsSpan().SequenceEqual(row.Document))
        {
            var (view, unread) = UnreadDistribution.Read(row);
            known = (row.Document, new DistributionEntry { Number = row.Number, Id = row.Id, Status = row.Status, Draft = view.Draft, Unread = unread });
        }

        entries[row.Number] = known;
        return known.Entry;
    }
}
