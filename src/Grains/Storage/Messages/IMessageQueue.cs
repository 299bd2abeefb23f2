namespace Marketing.Storage;

/// <summary>The messages table as the queue. Single moves go through <see cref="ICommitter"/>; this is the set-based work and the reads of lanes.</summary>
internal interface IMessageQueue
{
    /// <summary>
    /// Makes a silo the owner of the lane: writes under older epochs are refused from now on. Not while another silo hands over messages of it,
    /// unless that is the one in whose place it is claimed.
    /// </summary>
    Task<LaneClaim> ClaimLaneAsync(int distribution, int lane, string owner, string? insteadOf);

    /// <summary>The lanes of the distribution that were ever claimed or have messages that wait, however many lanes there are now.</summary>
    Task<IReadOnlyList<int>> LanesAsync(int distribution);

    /// <summary>Whether messages of the lane are marked as being handed over, by whomever.</summary>
    Task<bool> HandsOverAsync(int distribution, int lane);

    /// <summary>
    /// Takes up what an earlier owner was handing over when it died: marks those messages uncertain and queues them again, or fails them when
    /// <paramref name="hold"/>. Returns how many.
    /// </summary>
    Task<int> RecoverLaneAsync(LaneFence fence, bool hold, DateTimeOffset now);

    /// <summary>Due messages in order of due time, with what is needed to decide on and render them.</summary>
    /// <param name="distribution">Whose.</param>
    /// <param name="lane">In which lane.</param>
    /// <param name="now">Until when they are due.</param>
    /// <param name="limit">The most to return. There may be more than were returned, unless it was less than half of this.</param>
    Task<IReadOnlyList<DueMessage>> TakeAsync(int distribution, int lane, DateTimeOffset now, int limit);

    /// <summary>When the next message of the lane is due, or null.</summary>
    Task<DateTimeOffset?> NextDueAsync(int distribution, int lane);

    /// <summary>Whether any message of the distribution is not in a final state.</summary>
    Task<bool> HasPendingAsync(int distribution);

    /// <summary>
    /// Makes message rows for the next members of a segment in order of customer number, one per channel: a part of the given size, or a few
    /// such parts at once, each of them durable by itself. Repeating a chunk changes nothing.
    /// Returns the last customer reached, or null when there was none left.
    /// </summary>
    Task<long?> SnapshotAsync(AudienceChunk chunk);

    /// <summary>Cancels up to <paramref name="limit"/> messages that are not being handed over; returns how many.</summary>
    Task<int> CancelAsync(int distribution, int limit, DateTimeOffset now);

    /// <summary>Queues failed messages again, all or the given ones; returns how many.</summary>
    /// <param name="distribution">Whose.</param>
    /// <param name="numbers">Which; null for all.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="now">When.</param>
    /// <param name="request">What is noted of it in the same transaction.</param>
    Task<int> RequeueFailedAsync(int distribution, IReadOnlyList<long>? numbers, int limit, DateTimeOffset now, RequeueRequest? request = null);

    /// <summary>
    /// Deletes up to <paramref name="limit"/> messages of a deleted distribution, and as many rows of each other kind it has. Returns how many
    /// rows; 0 when nothing is left.
    /// </summary>
    Task<int> DeleteAsync(int distribution, int limit);

    /// <summary>Lanes with messages not in a final state that are due or were being handed over.</summary>
    Task<IReadOnlyList<(int Project, int Distribution, int Lane)>> DueLanesAsync(DateTimeOffset now);
}

/// <summary>What became of claiming a lane.</summary>
/// <param name="Epoch">The new one; null when another silo hands over.</param>
/// <param name="Owner">Who had it before.</param>
internal readonly record struct LaneClaim(long? Epoch, string? Owner);

/// <summary>The next part of an audience to be turned into message rows.</summary>
internal sealed record AudienceChunk
{
    public required int Project { get; init; }

    public required int Distribution { get; init; }

    public required int Segment { get; init; }

    public required long AfterCustomer { get; init; }

    public required int Limit { get; init; }

    public required IReadOnlyList<string> Channels { get; init; }

    public required long Occurrence { get; init; }

    /// <summary>Leave out customers to whom an event already made this distribution owe a message.</summary>
    public bool SkipAlreadyOwed { get; init; }

    public required int Lanes { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset Now { get; init; }
}

/// <summary>A due message with its customer and trigger as stored now.</summary>
internal sealed record DueMessage
{
    public required long Number { get; init; }

    /// <summary>The batch of the queue it waits in, to be named by the commit that moves it; 0 where the engine has none.</summary>
    public long Batch { get; init; }

    public required string Channel { get; init; }

    public required MessageStatus Status { get; init; }

    public required int Attempts { get; init; }

    public required bool FailedBefore { get; init; }

    public required long Occurrence { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The customer's number.</summary>
    public required long Customer { get; init; }

    /// <summary>Null when the customer was deleted meanwhile.</summary>
    public string? CustomerId { get; init; }

    public byte[]? CustomerDocument { get; init; }

    /// <summary>The activity entry that triggered it; null for manual distributions.</summary>
    public ActivityWrite? Trigger { get; init; }
}
