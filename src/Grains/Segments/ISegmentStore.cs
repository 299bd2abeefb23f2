namespace Marketing.Segments;

/// <summary>Segments as rows: what the catalogue and lists read, and the bulk work of a synchronisation.</summary>
internal interface ISegmentStore
{
    /// <summary>Writes the row, new or over the revision it was read at; false when somebody else wrote it since.</summary>
    Task<bool> SaveAsync(SegmentRow row);

    Task<SegmentRow?> FindAsync(int project, string id);

    /// <summary>Removes the row of a segment whose memberships are gone.</summary>
    Task DeleteAsync(int segment);

    /// <summary>Deletes up to <paramref name="limit"/> memberships; returns how many there were.</summary>
    Task<int> DeleteMembershipsAsync(int segment, int limit);

    /// <summary>Those of a project, without the deleted ones.</summary>
    Task<IReadOnlyList<SegmentRow>> AllAsync(int project);

    /// <summary>Those of all projects whose synchronisation or deletion is not finished, those of a shard by number.</summary>
    Task<IReadOnlyList<(int Project, string Id)>> UnfinishedAsync(int shard, int shards);

    Task<long> CountMembersAsync(int segment);

    Task<bool> IsMemberAsync(int segment, long customer);

    /// <summary>Those of some customers that are members.</summary>
    Task<IReadOnlySet<long>> MembersAmongAsync(int segment, IReadOnlyCollection<long> customers);

    Task<Page<Segment>> ListAsync(
        int project, int limit, int page, bool ascending, TimeRange? createdAt, IReadOnlyList<string>? ids, string? draftOf, CancellationToken cancellation);

    /// <summary>
    /// Writes the findings of one chunk: members are added and reviews brought forward for those customers still at the version that was looked at.
    /// Returns the numbers of the others, to be looked at again.
    /// </summary>
    Task<IReadOnlyList<long>> ApplySyncAsync(int segment, IReadOnlyList<SyncFinding> findings);

    /// <summary>Adds members to a static segment by number.</summary>
    Task AddMembersAsync(int segment, IReadOnlyList<long> customers);
}

/// <summary>What a synchronisation found out about one customer.</summary>
internal readonly record struct SyncFinding(long Customer, long Version, bool Member, DateTimeOffset? ReviewAt, DateTimeOffset CreatedAt, string? SourceId);

/// <summary>A stored segment, whole.</summary>
internal sealed record SegmentRow
{
    public required int Number { get; init; }

    public required int Project { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Type { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Membership is the filter's answer at the later of this and the customer's evaluation.</summary>
    public required DateTimeOffset Baseline { get; init; }

    public bool Synced { get; init; }

    public int Progress { get; init; }

    public byte[]? Filter { get; init; }

    /// <summary>In which time zones the filter was and is read, in order; null in rows that an earlier version wrote: always in the project's.</summary>
    public IReadOnlyList<ZoneEra>? Zones { get; init; }

    /// <summary>The stored text where it is damaged; kept as it is.</summary>
    public string? UnreadZones { get; init; }

    /// <summary>The write this row was read from; 0 for one that was never written.</summary>
    public long Revision { get; init; }

    /// <summary>Fingerprint of the request that created it.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The last customer number that its synchronisation checked, or what has to come before that; null in rows that an earlier version wrote.</summary>
    public long? Cursor { get; init; }

    /// <summary>Nobody sees it any more; memberships may be left.</summary>
    public bool Deleted { get; init; }

    /// <summary>How often its author wrote it.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The distribution to whose draft it belongs.</summary>
    public string? DraftOf { get; init; }
}
