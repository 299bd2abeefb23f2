using System.Collections.Frozen;
using Marketing.Distributions;
using Marketing.Segments.Filters;

namespace Marketing.Catalogue;

/// <summary>
/// What events of a project are matched against: compiled segments and the distributions that listen, at one version. Immutable.
/// Looking up who listens costs the same whether ten distributions are live or ten thousand.
/// </summary>
internal sealed class CatalogueSnapshot
{
    private static readonly DistributionEntry[] Nobody = [];

    private readonly FrozenDictionary<string, DistributionEntry[]> _listeners;
    private readonly FrozenDictionary<int, DistributionEntry> _distributions;
    private readonly FrozenDictionary<string, SegmentEntry> _segments;

    // One pair a thread: they are used within one turn, and a shared pool was a lock that every event took twice. They know their filters and not
    // the catalogue, which would stay in memory with all its drafts.
    [ThreadStatic]
    private static (FieldValues Before, FieldValues After)? s_buffers;

    public CatalogueSnapshot(int project, long version, IReadOnlyList<SegmentEntry> segments, IReadOnlyList<DistributionEntry> distributions)
    {
        Project = project;
        Version = version;
        _segments = segments.ToFrozenDictionary(segment => segment.Id, StringComparer.Ordinal);
        Dynamic = [.. segments.Where(segment => segment.Filter is not null)];
        Filters = new FilterSet([.. Dynamic.Select(segment => segment.Filter!)]);
        Unsettled = [.. Filters.TimeDependent.Where(index => !Dynamic[index].Synced)];
        _distributions = distributions.ToFrozenDictionary(entry => entry.Number);
        _listeners = distributions
            .Where(entry => entry.IsLive)
            .GroupBy(entry => Key(entry.Draft.Trigger!.Type!, entry.Selector), StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    public int Project { get; }

    public long Version { get; }

    /// <summary>Segments with a filter, in the order of <see cref="Filters"/>.</summary>
    public IReadOnlyList<SegmentEntry> Dynamic { get; }

    public FilterSet Filters { get; }

    /// <summary>
    /// Of <see cref="Dynamic"/>, those that time changes and whose synchronisation has not told every customer yet when to look again.
    /// </summary>
    public IReadOnlyList<int> Unsettled { get; }

    public IEnumerable<SegmentEntry> Segments => _segments.Values;

    public IEnumerable<DistributionEntry> Distributions => _distributions.Values;

    public SegmentEntry? Segment(string id) => _segments.GetValueOrDefault(id);

    /// <summary>A distribution that is live, paused or sending, by row number.</summary>
    public DistributionEntry? Distribution(int number) => _distributions.GetValueOrDefault(number);

    /// <summary>The live distributions that a trigger of this type and selector (segment id, event name) starts.</summary>
    public DistributionEntry[] Listeners(string type, string? selector) => _listeners.GetValueOrDefault(Key(type, selector), Nobody);

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

    private static string Key(string type, string? selector) => selector is null ? type : $"{type}\n{selector}";
}

/// <summary>A segment as events see it.</summary>
internal sealed record SegmentEntry
{
    public required int Number { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Entering and leaving are events; not so for passive ones.</summary>
    public required bool Fires { get; init; }

    public required bool Synced { get; init; }

    /// <summary>Membership is the filter's answer at the later of this and the customer's evaluation.</summary>
    public required DateTimeOffset Baseline { get; init; }

    /// <summary>Null for a static segment, and for one whose members are not to be moved by its filter now.</summary>
    public SegmentFilter? Filter { get; init; }

    /// <summary>Why the filter moves nobody; null where it does, and for a static segment.</summary>
    public string? Unreadable { get; init; }

    public bool IsStatic => Filter is null && Unreadable is null;
}

/// <summary>A distribution as events and lanes see it.</summary>
internal sealed record DistributionEntry
{
    public required int Number { get; init; }

    public required string Id { get; init; }

    public required string Status { get; init; }

    public required DistributionDraft Draft { get; init; }

    /// <summary>Of one that is not understood: it neither listens nor sends.</summary>
    public UnreadDistribution? Unread { get; init; }

    public bool IsLive => Status == DistributionStatuses.Live && Unread is null;

    /// <summary>Whether due messages may be handed over.</summary>
    public bool MaySend => Status is DistributionStatuses.Live or DistributionStatuses.Sending && Unread is null;

    public bool HoldsUncertain => Draft.Uncertain == "hold";

    public string? Selector => TriggerCatalogue.Find(Draft.Trigger?.Type)?.Chosen(Draft.Trigger);

    /// <summary>Whether a segment starts it, as far as can be read.</summary>
    public bool IsTriggeredBy(string segment) => Draft.Trigger?.SegmentId == segment || Unread?.Names(segment) is true;

    /// <summary>Whether it goes to the members of a segment, as far as can be read.</summary>
    public bool SendsTo(string segment) => Draft.Audience?.SegmentId == segment || Unread?.Names(segment) is true;

    public bool ListensAt(DateTimeOffset now) => !(Draft.StartsAt > now) && !(Draft.EndsAt <= now);
}
