using Marketing.Segments;

namespace Marketing.Distributions;

/// <summary>A distribution as the stream of a project shows it.</summary>
internal sealed record StreamedDistribution
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public required string Status { get; init; }

    public string? StatusReason { get; init; }

    public long? Version { get; init; }

    public DateTimeOffset? SendsAt { get; init; }

    public MessageCounts? Messages { get; init; }

    public DistributionProgress? Progress { get; init; }

    public static StreamedDistribution From(Distribution distribution) => new()
    {
        Id = distribution.Id,
        Name = distribution.Draft.Name,
        Status = distribution.Status,
        StatusReason = distribution.StatusReason,
        Version = distribution.Version,
        SendsAt = distribution.SendsAt,
        Messages = distribution.Counts,
        Progress = DistributionProgress.Of(distribution.Counts),
    };
}

/// <summary>A segment as the stream of a project shows it.</summary>
internal sealed record StreamedSegment(string Id, string? Name, string? InitialSyncStatus, int? Progress, long? Count, string? Status)
{
    public static StreamedSegment From(Segment segment) => new(segment.Id, segment.Name, segment.InitialSyncStatus, segment.Progress, segment.Count, segment.Status);
}

/// <summary>An entry of a distribution's activity, and whose it is.</summary>
internal sealed record StreamedActivity(string DistributionId, string Id, string Type, DateTimeOffset CreatedAt, MessageResponse? Message, string? Detail)
{
    public static StreamedActivity From(string distribution, DistributionEvent happened) =>
        new(distribution, happened.Id, happened.Type, happened.CreatedAt, happened.Message is { } message ? MessageResponse.From(message) : null, happened.Detail);
}
