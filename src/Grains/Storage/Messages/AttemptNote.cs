namespace Marketing.Storage;

/// <summary>How an attempt to hand a message over went: a part of the move that records its outcome, where that cannot be told from the message itself.</summary>
/// <param name="Began">When it began.</param>
/// <param name="Took">How long it took.</param>
internal sealed record AttemptNote(DateTimeOffset Began, TimeSpan Took)
{
    /// <summary>The most characters of an answer that are kept.</summary>
    public const int LongestAnswer = 500;

    /// <summary>The beginning of what the other side said, or why there was no answer.</summary>
    public string? Answer { get; init => field = value is null ? null : PlainText.Storable(PlainText.Start(value, LongestAnswer)); }
}
