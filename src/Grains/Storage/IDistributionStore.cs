using Marketing.Activity;
using Marketing.Distributions;

namespace Marketing.Storage;

/// <summary>Distributions as rows, and reads over their messages.</summary>
internal interface IDistributionStore
{
    /// <summary>Writes the row that follows the grain's state; false when the name belongs to another distribution of the project.</summary>
    Task<bool> SaveAsync(DistributionRow row);

    /// <summary>Whether the name is free for this distribution.</summary>
    Task<bool> NameIsFreeAsync(int project, int number, string name);

    Task DeleteAsync(int number);

    /// <summary>All distributions of the given project and states.</summary>
    Task<IReadOnlyList<DistributionRow>> InStatusAsync(int? project, params string[] statuses);

    Task<DistributionRow?> FindAsync(int project, string id);

    /// <summary>The id that belongs to a number, or null when the distribution was deleted.</summary>
    Task<string?> FindIdAsync(int number);

    Task<Page<DistributionRow>> ListAsync(int project, DistributionListQuery query, CancellationToken cancellation);

    Task<IReadOnlyDictionary<string, MessageCounts>> CountsAsync(int number);

    Task<IReadOnlyList<AnalyticsPoint>> SeriesAsync(int number, AnalyticsQuery query, CancellationToken cancellation);

    Task<Page<Message>> MessagesAsync(int number, MessageListQuery query, CancellationToken cancellation);

    Task LogAsync(int number, string type, DateTimeOffset at, string? detail);

    Task<Page<DistributionEvent>> ActivityAsync(int number, ActivityQuery query, CancellationToken cancellation);
}

/// <summary>A stored distribution: columns for lists, the grain's view as a document.</summary>
internal sealed record DistributionRow
{
    public required int Number { get; init; }

    public required int Project { get; init; }

    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Type { get; init; }

    public required string Status { get; init; }

    public string? TriggerType { get; init; }

    public required IReadOnlyList<string> Channels { get; init; }

    public string? Subject { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>JSON of <see cref="Distribution"/>.</summary>
    public required byte[] Document { get; init; }
}
