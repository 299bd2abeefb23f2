using Marketing.Channels;
using Marketing.Channels.Webhooks;

namespace Marketing.Webhooks;

/// <summary>What becomes of a sendout. Pure.</summary>
internal static class SendoutRules
{
    private const int Gone = 410;

    /// <summary>The row after an attempt, and why the webhook is to be disabled, where it is.</summary>
    /// <param name="row">As it was posted.</param>
    /// <param name="answer">What the attempt came to.</param>
    /// <param name="now">When.</param>
    /// <param name="retries">When it is tried again.</param>
    public static (SendoutRow Row, string? Disables) After(SendoutRow row, SendoutAnswer answer, DateTimeOffset now, RetrySchedule retries)
    {
        var tried = row with { Attempts = row.Attempts + 1, ExecutedAt = now, ResponseCode = answer.Status, Answer = answer.Text, Error = null, DueAt = null };
        switch (answer.Outcome)
        {
            case DeliveryOutcome.Sent:
                return (tried with { Status = SendoutRow.Succeeded }, null);
            case DeliveryOutcome.TemporaryFailure failure when retries.DelayAfter(tried.Attempts) is { } delay:
                // The receiver may ask for more time, never for less.
                return (tried with { Error = failure.Reason, DueAt = now + (failure.RetryAfter > delay ? failure.RetryAfter.Value : delay) }, null);
            case DeliveryOutcome.TemporaryFailure failure:
                return (tried with { Status = SendoutRow.Failed, Error = failure.Reason }, $"{row.Id} could not be posted in {tried.Attempts} attempts; the last: {failure.Reason}");
            case DeliveryOutcome.PermanentFailure failure:
                return (tried with { Status = SendoutRow.Failed, Error = failure.Reason }, answer.Status == Gone ? failure.Reason : null);
            default:
                throw new InvalidOperationException($"No attempt comes to {answer.Outcome}.");
        }
    }

    /// <summary>The row, owed once more. One that waits for its next attempt is tried at once, and goes on counting.</summary>
    public static SendoutRow Again(SendoutRow row, DateTimeOffset now) =>
        row.DueAt is null ? row with { Status = SendoutRow.Owed, Attempts = 0, DueAt = now } : row with { DueAt = row.DueAt < now ? row.DueAt : now };

    public static Sendout View(SendoutRow row) => new()
    {
        Id = row.Id,
        Type = row.Type,
        Status = row.Status,
        Attempts = row.Attempts,
        DueAt = row.DueAt,
        CreatedAt = row.CreatedAt,
        ExecutedAt = row.ExecutedAt,
        ResponseCode = row.ResponseCode,
        Answer = row.Answer,
        Error = row.Error,
        Body = row.Body.Length == 0 ? null : new RawJson(row.Body),
    };
}
