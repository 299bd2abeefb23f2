namespace Marketing.Distributions;

/// <summary>
/// What the author of a distribution writes: trigger → audience → action → channels. May be incomplete; what is missing is
/// told by <see cref="DraftProblem"/>s before it can be activated.
/// </summary>
[GenerateSerializer, Immutable, Alias("distribution-draft")]
public sealed record DistributionDraft
{
    /// <summary>Unique in the project.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary><c>manual</c> or <c>automatic</c>.</summary>
    [Id(1)] public string? Type { get; init; }

    /// <summary>What starts it.</summary>
    [Id(2)] public TriggerDefinition? Trigger { get; init; }

    /// <summary>Who receives a manual one.</summary>
    [Id(3)] public AudienceDefinition? Audience { get; init; }

    /// <summary>What the recipient gets.</summary>
    [Id(4)] public ActionDefinition? Action { get; init; }

    /// <summary>How it is delivered; at most one entry per channel type.</summary>
    [Id(5)] public IReadOnlyList<ChannelDefinition> Channels { get; init; } = [];

    /// <summary>An automatic one ignores triggers before this time. A manual one is sent then, or at the end of its countdown if that is later.</summary>
    [Id(6)] public DateTimeOffset? StartsAt { get; init; }

    /// <summary>An automatic one ignores triggers from this time on, and stops by itself once what it owes is sent. Not for manual ones.</summary>
    [Id(7)] public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Time between the trigger and the message of an automatic one. Not for manual ones.</summary>
    [Id(8)] public TimeSpan? Delay { get; init; }

    /// <summary>What to do with a message whose hand-off was interrupted by a crash: <c>resend</c> (default) or <c>hold</c> (at most once).</summary>
    [Id(9)] public string? Uncertain { get; init; }
}

/// <summary>What starts a distribution.</summary>
[GenerateSerializer, Immutable, Alias("distribution-draft.trigger")]
public sealed record TriggerDefinition
{
    /// <summary>The event type, for example <c>customer.segment.entered</c>; see the catalogue.</summary>
    [Id(0)] public string? Type { get; init; }

    /// <summary>Segment triggers: which segment.</summary>
    [Id(1)] public string? SegmentId { get; init; }

    /// <summary>Voucher, loyalty and referral triggers: which campaign.</summary>
    [Id(2)] public string? CampaignId { get; init; }

    /// <summary>Custom event trigger: the name of the event.</summary>
    [Id(3)] public string? CustomEvent { get; init; }

    /// <summary>Tier triggers: only this tier.</summary>
    [Id(4)] public string? LoyaltyTierId { get; init; }

    /// <summary>Order and custom event triggers: only when this rule holds.</summary>
    [Id(5)] public string? ValidationRuleId { get; init; }

    /// <summary>Segment entered: also send to those who are members at activation, or at <c>starts_at</c> if that is later.</summary>
    [Id(6)] public bool IncludeCurrentMembers { get; init; }
}

/// <summary>Who receives a manual distribution: exactly one of the two.</summary>
[GenerateSerializer, Immutable, Alias("distribution-draft.audience")]
public sealed record AudienceDefinition
{
    /// <summary>One customer, by id or source id.</summary>
    [Id(0)] public string? Customer { get; init; }

    /// <summary>All members of a segment at the end of the countdown.</summary>
    [Id(1)] public string? SegmentId { get; init; }
}

/// <summary>What the recipient gets.</summary>
[GenerateSerializer, Immutable, Alias("distribution-draft.action")]
public sealed record ActionDefinition
{
    /// <summary>The action, for example <c>plain_message</c>; see the catalogue.</summary>
    [Id(0)] public string? Type { get; init; }

    /// <summary>Publishing actions: where the codes come from.</summary>
    [Id(1)] public string? CampaignId { get; init; }

    /// <summary>Promotion action: which tier.</summary>
    [Id(2)] public string? PromotionTierId { get; init; }
}

/// <summary>One delivery channel of a distribution.</summary>
[GenerateSerializer, Immutable, Alias("distribution-draft.channel")]
public sealed record ChannelDefinition
{
    /// <summary>The channel, for example <c>email</c>; see the catalogue.</summary>
    [Id(0)] public string? Type { get; init; }

    /// <summary>Which connection of that type; absent means the project's default.</summary>
    [Id(1)] public string? ChannelId { get; init; }

    /// <summary>The content.</summary>
    [Id(2)] public ChannelTemplate? Template { get; init; }
}

/// <summary>
/// The content of a message. Strings are Liquid templates unless said otherwise. Email reads the first group, webhooks the second.
/// </summary>
[GenerateSerializer, Immutable, Alias("distribution-draft.template")]
public sealed record ChannelTemplate
{
    /// <summary>Email: subject line.</summary>
    [Id(0)] public string? Subject { get; init; }

    /// <summary>Email: HTML part; values are HTML-escaped unless piped through <c>raw</c>.</summary>
    [Id(1)] public string? Html { get; init; }

    /// <summary>Email: plain text part.</summary>
    [Id(2)] public string? Text { get; init; }

    /// <summary>Email: display name of the sender; not a template.</summary>
    [Id(3)] public string? FromName { get; init; }

    /// <summary>Email: reply address; not a template.</summary>
    [Id(4)] public string? ReplyTo { get; init; }

    /// <summary>Webhook: free text that becomes <c>type</c> of the envelope; not a template.</summary>
    [Id(5)] public string? EventName { get; init; }

    /// <summary>Webhook: where to POST; not a template.</summary>
    [Id(6)] public string? TargetUrl { get; init; }

    /// <summary>Webhook: extra headers; names in lower-case letters, digits and dashes.</summary>
    [Id(7)] public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Webhook: which top-level keys of the event's data are sent; absent means all.</summary>
    [Id(8)] public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Webhook: a payload of the author's design with <c>{{object.field}}</c> placeholders.</summary>
    [Id(9)] public RawJson? Payload { get; init; }

    /// <summary>Webhook: the designed payload is the whole body instead of the envelope's <c>data</c>.</summary>
    [Id(10)] public bool RawPayload { get; init; }
}

/// <summary>One thing that keeps a draft from being activated.</summary>
/// <param name="Field">Path of the field, for example <c>channels[0].template.subject</c>.</param>
/// <param name="Message">What is wrong, in a sentence; with line and column where a template is meant.</param>
[GenerateSerializer, Immutable, Alias("draft-problem")]
public sealed record DraftProblem([property: Id(0)] string Field, [property: Id(1)] string Message);
