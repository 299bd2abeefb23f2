namespace Marketing.Storage.Relational;

/// <summary>
/// How many messages of a kind a distribution has at most, as its counters say; there are fewer once some were forgotten. A list that is asked for messages that there are
/// none of, or few, need not look for more among millions of others.
/// </summary>
internal static class MessageCeilings
{
    /// <summary>So many are sorted sooner than they are found by going through all.</summary>
    public const long Few = 10_000;

    public static ValueTask<long> OfStatusAsync(ISqlSession session, int distribution, MessageStatus? status, string? channel) =>
        SumAsync(session, distribution, channel, status switch
        {
            null => "audience",

            // What an engine does not mark as being handed over is counted as what it was before.
            MessageStatus.Queued or MessageStatus.Retrying or MessageStatus.Sending => "queued + retrying + sending",
            MessageStatus.Sent => "sent",
            MessageStatus.Failed => "failed",
            MessageStatus.Skipped => "skipped",
            _ => "canceled",
        });

    /// <inheritdoc cref="FinishedMessages.KindOf"/>
    public static ValueTask<long> OfKindAsync(ISqlSession session, int distribution, int kind) => kind switch
    {
        0 => ValueTask.FromResult(0L),
        FinishedMessages.Recovered => SumAsync(session, distribution, null, "recovered"),
        _ => OfStatusAsync(session, distribution, (MessageStatus)kind, null),
    };

    private static async ValueTask<long> SumAsync(ISqlSession session, int distribution, string? channel, string counters)
    {
        var filter = new SqlFilter(session.Dialect).And("distribution = ?", distribution).AndIf("channel = ?", channel);
        return await session.NumberAsync(filter.Query($"SELECT {session.Dialect.Sum(counters)} FROM message_counts")) ?? 0;
    }
}
