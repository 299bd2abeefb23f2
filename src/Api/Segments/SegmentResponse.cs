using System.Text.Json.Serialization;

namespace Marketing.Segments;

/// <summary>The segment object.</summary>
internal sealed record SegmentResponse
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTimeOffset? UpdatedAt { get; init; }

    public required string Type { get; init; }

    /// <summary>Null for a static segment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RawJson? Filter { get; init; }

    /// <summary><c>IN_PROGRESS</c> until all existing customers were checked, then <c>DONE</c>; again when the filter changes.</summary>
    public required string InitialSyncStatus { get; init; }

    /// <summary>How much of that is done, in percent.</summary>
    public int Progress { get; init; }

    /// <summary>How many customers are members.</summary>
    public long Count { get; init; }

    /// <summary><c>unreadable</c> where the stored filter is not understood, as after an upgrade: nobody enters or leaves until it is changed. Otherwise absent.</summary>
    public string? Status { get; init; }

    /// <summary>Why, and where in the filter.</summary>
    public string? StatusReason { get; init; }

    /// <summary>1 when it is created, one more with every change of its author's; the <c>ETag</c> of the answer.</summary>
    public long Version { get; init; }

    /// <summary>The distribution to whose draft it belongs; absent for a segment of its own.</summary>
    public string? DraftOf { get; init; }

    public string Object { get; } = "segment";

    public static SegmentResponse From(Segment segment) => new()
    {
        Id = segment.Id,
        Name = segment.Name,
        CreatedAt = segment.CreatedAt,
        UpdatedAt = segment.UpdatedAt,
        Type = segment.Type,
        Filter = segment.Filter,
        InitialSyncStatus = segment.InitialSyncStatus,
        Progress = segment.Progress,
        Count = segment.Count,
        Status = segment.Status,
        StatusReason = segment.StatusReason,
        Version = segment.Version,
        DraftOf = segment.DraftOf,
    };
}
