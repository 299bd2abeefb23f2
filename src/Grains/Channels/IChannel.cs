using Marketing.Distributions;
using Marketing.Templates;

namespace Marketing.Channels;

/// <summary>
/// One way of delivering messages. Adding a channel is one implementation of this and its registration; the catalogue, the lanes
/// and the API find it by <see cref="Type"/>.
/// </summary>
internal interface IChannel
{
    /// <summary>The name used in drafts, rows and activity: <c>email</c>, <c>webhook</c>.</summary>
    string Type { get; }

    /// <summary>What keeps this entry of a draft from being activated. Field paths are relative to the channel entry: <c>template.subject</c>.</summary>
    IEnumerable<DraftProblem> Validate(ChannelDefinition channel, TemplateScope scope);

    /// <summary>Why this customer cannot be reached here, or null. The address is what suppressions are looked up by.</summary>
    Reachability Reach(Recipient recipient);

    /// <summary>Whom it reaches, where that need not be asked of every customer by <see cref="Reach"/>.</summary>
    ReachKind Reaches => ReachKind.Each;

    /// <summary>What would be sent, rendered, as a JSON object for people to look at. Consumes and sends nothing.</summary>
    /// <exception cref="TemplateRenderException">A template does not work for this message.</exception>
    RawJson Preview(OutboundMessage message);

    /// <summary>
    /// How long to wait after the given number of failed attempts, or null when there is nothing left to try.
    /// </summary>
    TimeSpan? RetryDelay(int failedAttempts);

    /// <summary>
    /// How long after a message was created it may be put off without that counting as an attempt. After that it counts, so that a receiver who
    /// never stops asking for patience keeps no message for ever.
    /// </summary>
    TimeSpan DeferralLimit { get; }

    /// <summary>Whether a message that ran out of attempts pauses the whole distribution.</summary>
    bool PausesWhenExhausted { get; }

    /// <summary>How many messages may be marked as being handed over to where this entry of a draft leads; null where nothing ever waits.</summary>
    HandOverWindow? WindowOf(ChannelDefinition channel) => null;

    /// <summary>
    /// Hands one message over and says what became of it. Called concurrently, bounded by the caller. Repeating a call with the
    /// same message sends it again, under the same identity. Never throws for what the other side does.
    /// </summary>
    /// <param name="message">What goes out.</param>
    /// <param name="recall">May call it back while it waits for a connection; what has begun is never broken off.</param>
    Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, Recall? recall = null);
}

/// <summary>Whether a customer can be reached through a channel.</summary>
/// <param name="Address">The normalised address suppressions are kept by; null when the channel has none, as webhooks.</param>
/// <param name="SkipReason">A reason out of <see cref="SkipReasons"/>, or null when nothing stands in the way.</param>
internal readonly record struct Reachability(string? Address, string? SkipReason);

/// <summary>Why a message was not sent although it was due. Every skipped row carries one of these.</summary>
internal static class SkipReasons
{
    public const string NoAddress = "no_address";
    public const string InvalidAddress = "invalid_address";
    public const string Unsubscribed = "unsubscribed";
    public const string Suppressed = "suppressed";
    public const string CustomerDeleted = "customer_deleted";
    public const string ChannelRemoved = "channel_removed";

    public static bool IsKnown(string? reason) =>
        reason is NoAddress or InvalidAddress or Unsubscribed or Suppressed or CustomerDeleted or ChannelRemoved;
}

/// <summary>What started the message.</summary>
[GenerateSerializer, Immutable, Alias("trigger-occurrence")]
internal sealed record TriggerOccurrence
{
    /// <summary>Event id, <c>evcus_…</c>.</summary>
    [Id(0)] public required string EventId { get; init; }

    /// <summary>Event type, for example <c>customer.order.paid</c> or <c>manual_distribution_schedule</c>.</summary>
    [Id(1)] public required string Type { get; init; }

    [Id(2)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Request id of the call that caused it, <c>v-…</c>.</summary>
    [Id(3)] public string? GroupId { get; init; }

    /// <summary><c>API</c>, <c>CLIENT_API</c>, <c>USER_PORTAL</c> or <c>INTERNAL</c>.</summary>
    [Id(4)] public string Source { get; init; } = "INTERNAL";

    /// <summary>A JSON object, UTF-8, with the objects of the event besides the customer: <c>{"order":{…}}</c>, <c>{"segment":{…}}</c>, <c>{"event":{…}}</c>.</summary>
    [Id(5)] public ReadOnlyMemory<byte> Data { get; init; } = "{}"u8.ToArray();
}

/// <summary>One message on its way out.</summary>
[GenerateSerializer, Immutable, Alias("outbound-message")]
internal sealed record OutboundMessage
{
    /// <summary>Stable over retries, crashes and resends: <c>msg_…</c>. Becomes the Message-ID and the webhook id.</summary>
    [Id(0)] public required string MessageId { get; init; }

    [Id(1)] public required string ProjectId { get; init; }

    [Id(2)] public required string DistributionId { get; init; }

    [Id(3)] public required string DistributionName { get; init; }

    /// <summary>The distribution's entry for this channel; the same instance for all messages of one version of the distribution.</summary>
    [Id(4)] public required ChannelDefinition Channel { get; init; }

    [Id(5)] public required Recipient Recipient { get; init; }

    [Id(6)] public required TriggerOccurrence Trigger { get; init; }

    /// <summary>Where the one-click unsubscribe of this message points; null for a test send.</summary>
    [Id(7)] public string? UnsubscribeUrl { get; init; }

    /// <summary>Send here instead of the recipient's own address: a test send.</summary>
    [Id(8)] public string? AddressOverride { get; init; }

    /// <summary>1 for the first attempt.</summary>
    [Id(9)] public int Attempt { get; init; } = 1;

    /// <summary>IANA name of the project's time zone, in which templates print dates.</summary>
    [Id(10)] public string TimeZone { get; init; } = "UTC";
}

/// <summary>What became of an attempt.</summary>
internal abstract record DeliveryOutcome
{
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
