using Marketing.Activity;
using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>Distributions as rows, and reads over their messages.</summary>
internal interface IDistributionStore
{
    /// <summary>
    /// Writes the row, new or over the revision it was read at, and an entry of its log with it. Of two that want one name, the second writes nothing.
    /// </summary>
    Task<DistributionSave> SaveAsync(DistributionRow row, DistributionLogEntry? entry);

    /// <summary>Whether the name is free for this distribution.</summary>
    Task<bool> NameIsFreeAsync(int project, int number, string name);

    Task DeleteAsync(int number);

    /// <summary>All distributions of the given project and states.</summary>
    Task<IReadOnlyList<DistributionRow>> InStatusAsync(int project, params string[] statuses);

    /// <summary>The distributions of all projects that have something to do by themselves until then, those of a shard by number.</summary>
    Task<IReadOnlyList<(int Project, string Id)>> UnfinishedAsync(DateTimeOffset until, int shard, int shards);

    Task<DistributionRow?> FindAsync(int project, string id);

    /// <summary>The id that belongs to a number, or null when the distribution was deleted.</summary>
    Task<string?> FindIdAsync(int number);

    /// <param name="project">Whose.</param>
    /// <param name="query">Which.</param>
    /// <param name="brief">Whether the documents are those without templates, where there are such.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<Page<DistributionRow>> ListAsync(int project, DistributionListQuery query, bool brief, CancellationToken cancellation);

    /// <summary>Those with the given ids, and those that were created or changed since, without templates where there are such; the newest of them.</summary>
    Task<IReadOnlyList<DistributionRow>> ChangedAsync(int project, IReadOnlyList<string> ids, DateTimeOffset since, int limit, CancellationToken cancellation);

    /// <summary>The place in the order of commits behind everything that can be read by now, as the id of an entry of activity.</summary>
    Task<string> PositionAsync();

    Task<IReadOnlyDictionary<string, MessageCounts>> CountsAsync(int number);

    /// <summary>The same over all channels, of many at once; those that never had a message are not in it.</summary>
    Task<IReadOnlyDictionary<int, MessageCounts>> CountsOfAsync(IReadOnlyList<int> numbers);

    Task<IReadOnlyList<AnalyticsPoint>> SeriesAsync(int number, AnalyticsQuery query, CancellationToken cancellation);

    Task<Page<Message>> MessagesAsync(int number, MessageListQuery query, CancellationToken cancellation);

    Task<Page<DistributionEvent>> ActivityAsync(int number, ActivityQuery query, CancellationToken cancellation);
}

/// <summary>What became of a row that was to be written.</summary>
internal enum DistributionSave
{
    Saved,

    /// <summary>The name belongs to another distribution of the project.</summary>
    NameTaken,

    /// <summary>Somebody else wrote the row since it was read.</summary>
    Overtaken,
}

/// <summary>Something that happened to a distribution.</summary>
internal sealed record DistributionLogEntry(string Type, DateTimeOffset At, string? Detail)
{
    /// <summary>New rows of declared tables that become true with it.</summary>
    public IReadOnlyList<RowWrite> Also { get; init; } = [];
}

/// <summary>A stored distribution, whole: columns for lists, the view as a document, and what the grain remembers beside it.</summary>
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

    /// <summary>The same without templates, for lists; null in rows that an earlier version wrote, and where the document is not understood.</summary>
    public byte[]? Summary { get; init; }

    /// <summary>The write this row was read from; 0 for one that was never written.</summary>
    public long Revision { get; init; }

    /// <summary>JSON of <see cref="DistributionState"/>; null in rows that an earlier version wrote.</summary>
    public byte[]? State { get; init; }

    /// <summary>Whether it has something to do by itself, now or later.</summary>
    public bool Unfinished { get; init; }

    /// <summary>From when on, where that is known.</summary>
    public DateTimeOffset? WorkAt { get; init; }
}
