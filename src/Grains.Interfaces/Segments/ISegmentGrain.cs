using Marketing.Customers;

namespace Marketing.Segments;

/// <summary>One segment: its definition and its synchronisation with the customers that exist. Keyed by project and segment id.</summary>
[Alias("segment"), GrainInterfaceType("segment")]
public interface ISegmentGrain : IGrainWithStringKey
{
    /// <summary>Creates the segment and starts its synchronisation. Repeating it changes nothing; with another fingerprint it is refused as <see cref="SegmentResult.KeyReused"/>, and after a deletion as <see cref="SegmentResult.Deleted"/>.</summary>
    [Alias("create")]
    Task<SegmentResult> CreateAsync(SegmentDefinition definition, CommandContext context);

    /// <summary>The segment, or null.</summary>
    [Alias("find")]
    Task<Segment?> FindAsync();

    /// <summary>
    /// Changes the name, and the filter of a passive one, which is then synchronised anew. Repeating it changes nothing. Refused as <see cref="SegmentResult.Refused"/> for
    /// the filter of an active segment that can be read, whose past changes started distributions, and while messages are being made of its members.
    /// </summary>
    /// <param name="change">What becomes of it.</param>
    /// <param name="version">The version the author had; with another one it is refused as <see cref="SegmentResult.Overtaken"/>, unless the change is there already. Null: whatever there is.</param>
    [Alias("change")]
    Task<SegmentResult> ChangeAsync(SegmentChange change, long? version = null);

    /// <summary>Deletes it with its memberships; refused while a distribution uses it.</summary>
    [Alias("delete")]
    Task<SegmentDeletion> DeleteAsync();

    /// <summary>Makes a passive segment an active one for good, as using it in a trigger does. Repeating it changes nothing.</summary>
    [Alias("activate")]
    Task<bool> ActivateAsync();

    /// <summary>Makes a segment that belongs to the draft of a distribution one like others: something was activated that uses it. Repeating it changes nothing.</summary>
    [Alias("adopt")]
    Task AdoptAsync();

    /// <summary>The draft of a distribution is over: a segment that still belongs to it, and that nothing uses, is deleted. Repeating it changes nothing.</summary>
    [Alias("discard-draft")]
    Task DiscardDraftAsync(string distributionId);

    /// <summary>
    /// Reads the calendar in the project's time zone from a few seconds later on, and synchronises itself with it: who is a member by then and was not
    /// enters, who was and is not leaves, once each. Nothing happens to a segment whose filter reads no calendar. Repeating it changes nothing.
    /// </summary>
    [Alias("follow-time-zone")]
    Task FollowTimeZoneAsync();

    /// <summary>Goes on with an interrupted synchronisation. A hint; repeating it changes nothing.</summary>
    [Alias("resume"), Orleans.Concurrency.OneWay]
    Task ResumeAsync();
}

/// <summary>Reads over the segments of one project. Keyed by project number.</summary>
[Alias("segment-queries"), GrainInterfaceType("segment-queries")]
public interface ISegmentQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Segments, newest first unless <paramref name="ascending"/>: those that belong to the draft of <paramref name="draftOf"/>, or those that belong to none; by <paramref name="ids"/> all.
    /// </summary>
    [Alias("list")]
    Task<Page<Segment>> ListAsync(
        int limit, int page, bool ascending, TimeRange? createdAt, IReadOnlyList<string>? ids, string? draftOf = null, CancellationToken cancellation = default);

    /// <summary>How many customers a filter would have, and some of them, without a segment of it. Looks at no more customers than there is time for.</summary>
    [Alias("preview")]
    Task<SegmentPreviewResult> PreviewAsync(RawJson filter, CancellationToken cancellation = default);

    /// <summary>Segments with a text in their name, in any case; none that belong to drafts.</summary>
    [Alias("search")]
    Task<IReadOnlyList<SegmentReference>> SearchAsync(string text, int limit, CancellationToken cancellation = default);

    /// <summary>All segments, as far as tells that something became of one: for whoever follows them.</summary>
    [Alias("pulses")]
    Task<IReadOnlyList<SegmentPulse>> PulsesAsync(CancellationToken cancellation = default);

    /// <summary>A page of the members of a segment; null when there is no such segment.</summary>
    [Alias("members")]
    Task<Page<Customer>?> MembersAsync(string segmentId, CustomerListQuery query, CancellationToken cancellation = default);

    /// <summary>The segments a customer belongs to, by id or source id. For an unknown customer: the segments such an empty customer would match.</summary>
    [Alias("of-customer")]
    Task<IReadOnlyList<SegmentReference>> OfCustomerAsync(string customerId, CancellationToken cancellation = default);
}

/// <summary>What defines a segment.</summary>
[GenerateSerializer, Immutable, Alias("segment-definition")]
public sealed record SegmentDefinition
{
    /// <summary>The name.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary><c>static</c>, <c>passive</c> or <c>auto-update</c>.</summary>
    [Id(1)] public required string Type { get; init; }

    /// <summary>The filter of one that is passive or auto-update.</summary>
    [Id(2)] public RawJson? Filter { get; init; }

    /// <summary>The members of a static segment: customer ids or source ids, at most 20,000.</summary>
    [Id(3)] public IReadOnlyList<string> Customers { get; init; } = [];

    /// <summary>The distribution to whose draft it belongs until that is activated; null for a segment of its own.</summary>
    [Id(4)] public string? DraftOf { get; init; }
}

/// <summary>A change of a segment; what is null stays.</summary>
[GenerateSerializer, Immutable, Alias("segment-change")]
public sealed record SegmentChange
{
    /// <summary>The new name.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary>The new filter.</summary>
    [Id(1)] public RawJson? Filter { get; init; }
}

/// <summary>A segment as it stands.</summary>
[GenerateSerializer, Immutable, Alias("segment-view")]
public sealed record Segment
{
    /// <summary><c>seg_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The name.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary><c>static</c>, <c>passive</c> or <c>auto-update</c>.</summary>
    [Id(2)] public required string Type { get; init; }

    /// <summary>The filter; null for a static segment.</summary>
    [Id(3)] public RawJson? Filter { get; init; }

    /// <summary><c>IN_PROGRESS</c> until every existing customer was checked, then <c>DONE</c>; again after a change of the filter or of the project's time zone.</summary>
    [Id(4)] public required string InitialSyncStatus { get; init; }

    /// <summary>Share of the existing customers checked so far, 0..100.</summary>
    [Id(5)] public int Progress { get; init; }

    /// <summary>How many customers are members.</summary>
    [Id(6)] public long Count { get; init; }

    /// <summary>When it was created.</summary>
    [Id(7)] public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(8)] public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>One of <see cref="SegmentStatuses"/>; null while all is well.</summary>
    [Id(9)] public string? Status { get; init; }

    /// <summary>Why.</summary>
    [Id(10)] public string? StatusReason { get; init; }

    /// <summary>1 when it is created, one more with every change of its author's.</summary>
    [Id(11)] public long Version { get; init; } = 1;

    /// <summary>The distribution to whose draft it belongs; null for a segment of its own.</summary>
    [Id(12)] public string? DraftOf { get; init; }
}

/// <summary>What a segment may suffer from.</summary>
public static class SegmentStatuses
{
    /// <summary>
    /// The stored filter is not understood, as after an upgrade or in a damaged row. Members stay as they were, nobody enters or leaves. It can be given another filter or be deleted;
    /// should it be understood again, its members are found anew.
    /// </summary>
    public const string Unreadable = "unreadable";
}

/// <summary>What becomes different when a segment begins or ends a synchronisation, or gets another name.</summary>
/// <param name="Id"><c>seg_…</c></param>
/// <param name="Name">The name.</param>
/// <param name="Synced">Whether all customers were checked.</param>
/// <param name="Baseline">As of when.</param>
[GenerateSerializer, Immutable, Alias("segment-pulse")]
public sealed record SegmentPulse([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] bool Synced, [property: Id(3)] DateTimeOffset Baseline);

/// <summary>A segment by reference.</summary>
/// <param name="Id"><c>seg_…</c></param>
/// <param name="Name">The name.</param>
[GenerateSerializer, Immutable, Alias("segment-reference")]
public sealed record SegmentReference([property: Id(0)] string Id, [property: Id(1)] string Name);

/// <summary>Answer to creating or changing a segment.</summary>
[GenerateSerializer, Immutable, Alias("segment-result")]
public abstract record SegmentResult
{
    /// <summary>Durable.</summary>
    [GenerateSerializer, Immutable, Alias("segment-result.saved")]
    public sealed record Saved([property: Id(0)] Segment Segment) : SegmentResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("segment-result.key-reused")]
    public sealed record KeyReused : SegmentResult;

    /// <summary>The same request was done before, and the segment was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("segment-result.deleted")]
    public sealed record Deleted : SegmentResult;

    /// <summary>The definition is refused: where, and why.</summary>
    /// <param name="Field">The first place.</param>
    /// <param name="Message">What is wrong there.</param>
    /// <param name="Problems">All of them, when a filter has several.</param>
    [GenerateSerializer, Immutable, Alias("segment-result.invalid")]
    public sealed record Invalid(
        [property: Id(0)] string Field, [property: Id(1)] string Message, [property: Id(2)] IReadOnlyList<FieldProblem>? Problems = null) : SegmentResult;

    /// <summary>There is no such segment.</summary>
    [GenerateSerializer, Immutable, Alias("segment-result.not-found")]
    public sealed record NotFound : SegmentResult;

    /// <summary>Somebody else changed it since the version that the caller has; nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("segment-result.overtaken")]
    public sealed record Overtaken([property: Id(0)] long Version) : SegmentResult;

    /// <summary>It cannot be changed so as it stands: why.</summary>
    [GenerateSerializer, Immutable, Alias("segment-result.refused")]
    public sealed record Refused([property: Id(0)] string Message) : SegmentResult;
}

/// <summary>Answer to deleting a segment.</summary>
public enum SegmentDeletion
{
    /// <summary>Gone.</summary>
    Deleted,

    /// <summary>There was none.</summary>
    NotFound,

    /// <summary>A distribution that is not finished uses it.</summary>
    InUse,
}
