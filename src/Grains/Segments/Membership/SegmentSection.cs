using System.Collections.Frozen;
using Marketing.Catalogue;
using Marketing.Filters;

namespace Marketing.Segments;

/// <summary>The segments of a project as events are matched against them, compiled. Immutable.</summary>
internal sealed class SegmentSection
{
    // One pair a thread: they are used within one turn, and a shared pool was a lock that every event took twice. They know their filters and not
    // the section, which would stay in memory with them.
    [ThreadStatic]
    private static (FieldValues Before, FieldValues After)? s_buffers;

    private readonly FrozenDictionary<string, SegmentEntry> _byId;

    public SegmentSection(IReadOnlyList<SegmentEntry> segments)
    {
        _byId = segments.ToFrozenDictionary(segment => segment.Id, StringComparer.Ordinal);
        Dynamic = [.. segments.Where(segment => segment.Filter is not null)];
        Filters = new FilterSet([.. Dynamic.Select(segment => segment.Filter!)]);
        Unsettled = [.. Filters.TimeDependent.Where(index => !Dynamic[index].Synced)];
    }

    public IEnumerable<SegmentEntry> All => _byId.Values;

    /// <summary>Segments with a filter, in the order of <see cref="Filters"/>.</summary>
    public IReadOnlyList<SegmentEntry> Dynamic { get; }

    public FilterSet Filters { get; }

    /// <summary>
    /// Of <see cref="Dynamic"/>, those that time changes and whose synchronisation has not told every customer yet when to look again.
    /// </summary>
    public IReadOnlyList<int> Unsettled { get; }

    /// <summary>What was compiled of which row, so that a row that did not change is not compiled twice.</summary>
    public IReadOnlyDictionary<int, CompiledSegment> Compiled { get; init; } = new Dictionary<int, CompiledSegment>();

    public SegmentEntry? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Two buffers for field values, good until the caller's next await.</summary>
    public (FieldValues Before, FieldValues After) Buffers()
    {
        if (s_buffers is not { } buffers || buffers.Before.Owner != Filters)
        {
            buffers = (Filters.NewValues(), Filters.NewValues());
            s_buffers = buffers;
        }

        return (buffers.Before, buffers.After);
    }
}

/// <summary>The filter of a row, and what it was compiled from.</summary>
/// <param name="Text">The stored filter.</param>
/// <param name="Zones">In which time zones it is read.</param>
/// <param name="Filter">What it means.</param>
internal sealed record CompiledSegment(byte[] Text, IReadOnlyList<ZoneEra> Zones, Filter Filter)
{
    public bool IsOf(SegmentRow row, IReadOnlyList<ZoneEra> zones) => HasText(row) && Zones.SequenceEqual(zones);

    public bool HasText(SegmentRow row) => Text.AsSpan().SequenceEqual(row.Filter);
}

internal static class SegmentsOfCatalogue
{
    extension(CatalogueSnapshot catalogue)
    {
        /// <summary>The segments.</summary>
        public SegmentSection Segments => catalogue.Section<SegmentSection>();
    }
}
