namespace Marketing.Distributions;

/// <summary>How often and how a message was tried.</summary>
/// <param name="Message">The message as it is now.</param>
/// <param name="Attempts">Every attempt that counted, the first one first. What was put off, by a receiver's limit or for want of a connection, was not tried; what a crash interrupted is not known.</param>
[GenerateSerializer, Immutable, Alias("message-attempts")]
public sealed record MessageAttempts([property: Id(0)] Message Message, [property: Id(1)] IReadOnlyList<MessageAttempt> Attempts);

/// <summary>One attempt to hand a message over.</summary>
[GenerateSerializer, Immutable, Alias("message-attempt")]
public sealed record MessageAttempt
{
    /// <summary>From 1; it goes on where a failed message is tried again.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>When it began, waiting for a connection included; null for a message that was sent at the first attempt, of which less is kept.</summary>
    [Id(1)] public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When its outcome was known.</summary>
    [Id(2)] public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>How long it took, in milliseconds; null where the beginning is not known.</summary>
    [Id(3)] public long? DurationMs { get; init; }

    /// <summary>What it came to: <c>sent</c>, <c>retrying</c> (it failed and was to be tried again) or <c>failed</c> (it was the last).</summary>
    [Id(4)] public required string Outcome { get; init; }

    /// <summary>What the other side said, or why there was no answer: at most 500 characters; null for a message that was sent at the first attempt.</summary>
    [Id(5)] public string? Answer { get; init; }
}

/// <summary>A message as it looks.</summary>
[GenerateSerializer, Immutable, Alias("rendered-message")]
public abstract record RenderedMessage
{
    /// <summary>Rendered now, from the customer, the draft and the codes as they are now. Without the links that only the recipient has.</summary>
    /// <param name="Message">The message.</param>
    /// <param name="Content">As in a preview of its channel.</param>
    /// <param name="RenderedAt">When.</param>
    [GenerateSerializer, Immutable, Alias("rendered-message.done")]
    public sealed record Done([property: Id(0)] Message Message, [property: Id(1)] RawJson Content, [property: Id(2)] DateTimeOffset RenderedAt) : RenderedMessage
    {
        /// <summary>Whether it was handed over before: then this may differ from what arrived.</summary>
        [Id(3)] public required bool IsAnew { get; init; }
    }

    /// <summary>No such distribution or message, or its customer was deleted; says which.</summary>
    [GenerateSerializer, Immutable, Alias("rendered-message.not-found")]
    public sealed record NotFound([property: Id(0)] string What) : RenderedMessage;

    /// <summary>It cannot be rendered.</summary>
    [GenerateSerializer, Immutable, Alias("rendered-message.invalid")]
    public sealed record Invalid([property: Id(0)] FieldProblem Problem) : RenderedMessage;

    /// <summary>Too many are being rendered; asking again later may help.</summary>
    [GenerateSerializer, Immutable, Alias("rendered-message.busy")]
    public sealed record Busy : RenderedMessage;
}
