using Marketing.Storage;

namespace Marketing.Channels;

/// <summary>What became of an attempt.</summary>
internal abstract record DeliveryOutcome
{
    /// <summary>The beginning of what the other side answered, where that is more than the reason says. For those who look at the attempt; it may quote anybody.</summary>
    public string? Answer { get; init; }

    /// <summary>Logs show outcomes; the answer may quote anybody and stays out of them.</summary>
    protected virtual bool PrintMembers(System.Text.StringBuilder builder) => false;

    /// <summary>The other side took responsibility.</summary>
    public sealed record Sent(string? Response = null) : DeliveryOutcome;

    /// <summary>Worth another attempt, not before <paramref name="RetryAfter"/> if the other side named a time. <paramref name="BurnsAttempt"/> is false when it was only put off, which has its end at <see cref="IChannel.DeferralLimit"/>.</summary>
    public sealed record TemporaryFailure(string Reason, TimeSpan? RetryAfter = null, bool BurnsAttempt = true) : DeliveryOutcome;

    /// <summary>Trying again would give the same answer. <paramref name="SuppressAddress"/>: the mailbox does not exist.</summary>
    public sealed record PermanentFailure(string Reason, bool SuppressAddress = false) : DeliveryOutcome;

    /// <summary>Called back before the other side could have heard of it: as if it had never been taken.</summary>
    public sealed record NotBegun : DeliveryOutcome
    {
        public static readonly NotBegun Instance = new();
    }

    /// <summary>Found unsendable at the last moment, by a reason out of <see cref="SkipReasons"/>.</summary>
    public sealed record Skipped(string Reason) : DeliveryOutcome;
}
