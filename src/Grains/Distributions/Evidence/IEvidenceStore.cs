using Marketing.Storage;

namespace Marketing.Distributions.Evidence;

/// <summary>What is known of a single message.</summary>
internal interface IEvidenceStore
{
    /// <summary>The message with what is needed to render it, as stored now; null when the distribution has none with the number.</summary>
    Task<StoredMessage?> FindAsync(int distribution, long number);

    /// <summary>Its attempts that are kept, the first one first.</summary>
    Task<IReadOnlyList<StoredAttempt>> AttemptsAsync(int distribution, long number);

    /// <summary>The customers of some messages: their documents, by the message's number. One whose customer is gone is missing.</summary>
    Task<IReadOnlyList<StoredRecipient>> RecipientsAsync(int distribution, IReadOnlyCollection<long> numbers);
}

/// <summary>A message as people see it, and as a lane does.</summary>
internal sealed record StoredMessage(Message View, DueMessage Source);

/// <summary>An attempt as stored.</summary>
internal sealed record StoredAttempt(DateTimeOffset Began, TimeSpan Took, MessageStatus Became, string? Answer);

/// <summary>Whom a message is for.</summary>
internal sealed record StoredRecipient(long Message, string Id, byte[] Document);
