using Marketing.Storage;
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
    IEnumerable<FieldProblem> Validate(ChannelDefinition channel, TemplateScope scope);

    /// <summary>What its author may want to look at although it can be activated, by field as in <see cref="Validate"/>.</summary>
    IEnumerable<FieldProblem> Warnings(ChannelDefinition channel) => [];

    /// <summary>Whether test sends may go to this address; null where none is asked for.</summary>
    bool? TakesAddress(string address) => null;

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

    /// <summary>Whether what it sends has to say who writes, so that the project must have brand details.</summary>
    bool NeedsBrand => false;

    /// <summary>The fields of an entry's template that it reads.</summary>
    IReadOnlyList<FieldDescriptor> Content => [];

    /// <summary>Whether entries of drafts may name a connection.</summary>
    ConnectionUse Connections => ConnectionUse.None;

    /// <summary>Whether an entry that names no connection goes over the project's default.</summary>
    bool TakesDefault(ChannelDefinition channel, ChannelConnection connection) => true;

    /// <summary>What keeps an entry from going over the connection it names or takes. Field paths as in <see cref="Validate"/>.</summary>
    /// <param name="channel">The entry.</param>
    /// <param name="connection">Null where it goes over what is built in.</param>
    IEnumerable<FieldProblem> Fits(ChannelDefinition channel, ChannelConnection? connection) => [];

    /// <summary>How many messages may be marked as being handed over to where this entry of a draft of a project leads; null where nothing ever waits.</summary>
    HandOverWindow? WindowOf(int project, ChannelDefinition channel) => null;

    /// <summary>
    /// Hands one message over and says what became of it. Called concurrently, bounded by the caller. Repeating a call with the
    /// same message sends it again, under the same identity. Never throws for what the other side does.
    /// </summary>
    /// <param name="message">What goes out.</param>
    /// <param name="recall">May call it back while it waits for a connection; what has begun is never broken off.</param>
    Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, Recall? recall = null);
}

/// <summary>Whether a channel goes over connections.</summary>
internal enum ConnectionUse
{
    None,

    /// <summary>Over one if the project has one, otherwise over what is built in.</summary>
    Optional,

    /// <summary>Only over one.</summary>
    Required,
}

/// <summary>Whether a customer can be reached through a channel.</summary>
/// <param name="Address">The normalised address suppressions are kept by; null when the channel has none, as webhooks.</param>
/// <param name="SkipReason">A reason out of <see cref="SkipReasons"/>, or null when nothing stands in the way.</param>
internal readonly record struct Reachability(string? Address, string? SkipReason);
