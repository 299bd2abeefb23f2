namespace Marketing.Webhooks;

/// <summary>Reads of sendouts that no table declares: by when they are due, and by how old they are. Those that are not to be posted come without what is posted.</summary>
internal interface ISendoutStore
{
    /// <summary>What is owed to a webhook by then, in the order in which it is to be posted.</summary>
    Task<IReadOnlyList<SendoutRow>> DueAsync(long webhook, DateTimeOffset now, int limit);

    /// <summary>When the next is to be posted; null when nothing is owed.</summary>
    Task<DateTimeOffset?> NextDueAsync(long webhook);

    /// <summary>Active webhooks of all projects that owe something by then.</summary>
    Task<IReadOnlyList<(int Project, string Webhook)>> OwingAsync(DateTimeOffset until);

    /// <summary>A page of a webhook's sendouts, the newest first, without what was posted.</summary>
    Task<Page<SendoutRow>> ListAsync(long webhook, SendoutQuery query, CancellationToken cancellation);

    /// <summary>Sendouts that are owed no more, from an instant on, in the order in which they happened.</summary>
    /// <param name="webhook">Whose.</param>
    /// <param name="since">From then on.</param>
    /// <param name="all">Also those that succeeded.</param>
    /// <param name="after">The last one of the page before; 0 for the first page.</param>
    /// <param name="limit">How many at most.</param>
    Task<IReadOnlyList<SendoutRow>> FinishedAsync(long webhook, DateTimeOffset since, bool all, long after, int limit);

    /// <summary>Some of a webhook's sendouts, without what was posted.</summary>
    Task<IReadOnlyList<SendoutRow>> SomeAsync(long webhook, int limit);

    /// <summary>Sendouts of all projects from before, the oldest first, without what was posted.</summary>
    Task<IReadOnlyList<(int Project, SendoutRow Row)>> OldAsync(DateTimeOffset before, int limit);
}
