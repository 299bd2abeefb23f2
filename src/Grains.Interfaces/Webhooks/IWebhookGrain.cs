using Orleans.Concurrency;

namespace Marketing.Webhooks;

/// <summary>
/// One webhook at work: posts what it owes, in the order in which that happened by and large, a few at once. What it owes is in rows, so it may end at any moment; what was posted and not
/// recorded then is posted again under the same id. Keyed by project and webhook id.
/// </summary>
[Alias("webhook"), GrainInterfaceType("webhook")]
public interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>Something is owed, or the webhook has changed. A hint; repeating it costs a look.</summary>
    [Alias("wake"), OneWay]
    Task WakeAsync();

    /// <summary>Forgets the log of a webhook that was deleted. Repeating it changes nothing; what is left after a crash goes when it is old.</summary>
    /// <param name="number">Of the webhook.</param>
    [Alias("forget"), OneWay]
    Task ForgetAsync(long number);

    /// <summary>Owes a sendout once more, whatever became of it before; one that is owed already stays as it is.</summary>
    [Alias("replay")]
    Task<ReplayResult> ReplayAsync(string sendoutId);

    /// <summary>
    /// Owes what happened since an instant once more, at most <see cref="ReplayResult.MostAtOnce"/> of it, the oldest first. Repeating it owes again what was posted meanwhile.
    /// </summary>
    /// <param name="since">From then on.</param>
    /// <param name="all">Also what was posted well, not only what failed.</param>
    [Alias("replay-since")]
    Task<ReplayResult> ReplaySinceAsync(DateTimeOffset since, bool all);

    /// <summary>Posts a <c>ping</c> and tells what the receiver said. Null where there is no such webhook; one that is disabled can be tested too. It is not in the log.</summary>
    [Alias("ping"), AlwaysInterleave]
    Task<WebhookTest?> PingAsync();
}

/// <summary>What came of posting a <c>ping</c>.</summary>
/// <param name="Works">Whether the answer was 2xx.</param>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Answer">The beginning of the answer, at most <see cref="Sendout.LongestAnswer"/> characters; null where there was none.</param>
/// <param name="Error">What was wrong; null where nothing was.</param>
/// <param name="Took">How long it took.</param>
[GenerateSerializer, Immutable, Alias("webhook-test")]
public sealed record WebhookTest(
    [property: Id(0)] bool Works, [property: Id(1)] int? Status, [property: Id(2)] string? Answer, [property: Id(3)] string? Error, [property: Id(4)] TimeSpan Took);

/// <summary>Answer to a replay.</summary>
[GenerateSerializer, Immutable, Alias("replay-result")]
public abstract record ReplayResult
{
    /// <summary>How many sendouts one call owes again.</summary>
    public const int MostAtOnce = 10_000;

    /// <summary>Durable.</summary>
    /// <param name="Count">How many are owed once more.</param>
    /// <param name="HasMore">Whether there are more since then.</param>
    [GenerateSerializer, Immutable, Alias("replay-result.owed")]
    public sealed record Owed([property: Id(0)] int Count, [property: Id(1)] bool HasMore) : ReplayResult;

    /// <summary>There is no such webhook.</summary>
    [GenerateSerializer, Immutable, Alias("replay-result.not-found")]
    public sealed record NotFound : ReplayResult;

    /// <summary>The webhook has no such sendout, or it is forgotten.</summary>
    [GenerateSerializer, Immutable, Alias("replay-result.no-such-sendout")]
    public sealed record NoSuchSendout : ReplayResult;

    /// <summary>The webhook is disabled: nothing would be posted.</summary>
    [GenerateSerializer, Immutable, Alias("replay-result.disabled")]
    public sealed record Disabled : ReplayResult;
}
