using Marketing.Storage;

namespace Marketing.Channels;

/// <summary>What an outcome means for the message row. Pure.</summary>
internal static class OutcomeRules
{
    private static readonly TimeSpan SlowDown = TimeSpan.FromSeconds(30);
    private const int LongestReason = 500;

    /// <param name="channel">Through which it went.</param>
    /// <param name="batch">Of which batch it is.</param>
    /// <param name="item">The message.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="now">When.</param>
    /// <param name="took">How long that took.</param>
    public static MessageMove Move(IChannel channel, DeliveryBatch batch, DeliveryItem item, DeliveryOutcome outcome, DateTimeOffset now, TimeSpan took)
    {
        var move = Move(channel, batch, item, outcome, now);

        // What was put off was not tried. Of a message that was sent at once the row says when, and that is all anybody asks.
        return move.CountsAttempt && !(move.To == MessageStatus.Sent && item.Attempts == 0 && !item.FailedBefore)
            ? move with { Attempt = new AttemptNote(now - took, took) { Answer = outcome.Answer ?? (outcome as DeliveryOutcome.Sent)?.Response ?? move.Reason } }
            : move;
    }

    private static MessageMove Move(IChannel channel, DeliveryBatch batch, DeliveryItem item, DeliveryOutcome outcome, DateTimeOffset now)
    {
        var move = new MessageMove
        {
            Distribution = batch.Distribution,
            Number = item.Number,
            Channel = channel.Type,
            From = MessageStatus.Sending,
            To = MessageStatus.Sent,
            Epoch = batch.Epoch,
            HandOff = batch.HandOff,
            At = now,
        };

        switch (outcome)
        {
            case DeliveryOutcome.Sent:
                return move with { Recovered = item.FailedBefore, CountsAttempt = true };
            case DeliveryOutcome.NotBegun:
                return move with { To = item.Status, DueAt = item.DueAt };
            case DeliveryOutcome.Skipped skipped:
                return move with { To = MessageStatus.Skipped, Reason = skipped.Reason };
            case DeliveryOutcome.PermanentFailure failure:
                return move with { To = MessageStatus.Failed, Reason = Shorten(failure.Reason), CountsAttempt = true };
            case DeliveryOutcome.TemporaryFailure { BurnsAttempt: false } slow when now - item.CreatedAt < channel.DeferralLimit:
                return move with { To = MessageStatus.Retrying, Reason = Shorten(slow.Reason), DueAt = now + (slow.RetryAfter ?? SlowDown) };
            case DeliveryOutcome.TemporaryFailure failure:
                if (channel.RetryDelay(item.Attempts + 1) is not { } delay)
                {
                    return move with { To = MessageStatus.Failed, Reason = Shorten(failure.Reason), CountsAttempt = true };
                }

                // The other side may ask for more patience than our schedule has, never for less.
                var wait = failure.RetryAfter > delay ? failure.RetryAfter.Value : delay;
                return move with { To = MessageStatus.Retrying, Reason = Shorten(failure.Reason), DueAt = now + wait, CountsAttempt = true };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public static SuppressionWrite? Suppression(IChannel channel, DeliveryItem item, DeliveryOutcome outcome, DateTimeOffset now) =>
        outcome is DeliveryOutcome.PermanentFailure { SuppressAddress: true } && channel.Reach(item.Message.Recipient).Address is { } address
            ? new SuppressionWrite(channel.Type, address, "bounced", now)
            : null;

    private static string Shorten(string reason) => PlainText.Start(reason, LongestReason);
}
