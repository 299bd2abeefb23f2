namespace Marketing.Storage;

/// <summary>The states of a message row; the numbers are stored.</summary>
internal enum MessageStatus
{
    Queued = 0,
    Retrying = 1,
    Sending = 2,
    Sent = 3,
    Failed = 4,
    Skipped = 5,
    Canceled = 6,
}

/// <summary>
/// Moves one message from one state to another. Applies only while the row is in <see cref="From"/> under <see cref="Epoch"/>
/// (of the hand-off, once it is sending), so a late or repeated move has no effect and no counter moves.
/// </summary>
internal readonly record struct MessageMove
{
    public required int Distribution { get; init; }

    public required long Number { get; init; }

    public required string Channel { get; init; }

    public required MessageStatus From { get; init; }

    public required MessageStatus To { get; init; }

    /// <summary>Epoch of the lane that moves it.</summary>
    public required long Epoch { get; init; }

    /// <summary>The batch of the queue it leaves, as it was taken or inserted; 0 where the engine has none.</summary>
    public long Batch { get; init; }

    /// <summary>The hand-off it goes into or comes out of, a number nobody else has; 0 where there is none.</summary>
    public long HandOff { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When to try again, for <see cref="MessageStatus.Retrying"/>.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>For people; it may quote others, so what no database takes is taken out of it.</summary>
    public string? Reason { get; init => field = value is null ? null : PlainText.Storable(value); }

    /// <summary>Whether the attempt counts against the channel's schedule.</summary>
    public bool CountsAttempt { get; init; }

    /// <summary>Whether a sent message had failed before.</summary>
    public bool Recovered { get; init; }

    /// <summary>How the attempt went, where it is kept: of a message that is sent at the first one its row says enough.</summary>
    public AttemptNote? Attempt { get; init; }
}
