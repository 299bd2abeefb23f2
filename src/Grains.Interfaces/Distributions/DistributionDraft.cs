using Marketing.Catalogue;
using Marketing.Channels;

namespace Marketing.Distributions;

/// <summary>
/// What the author of a distribution writes: trigger → audience → action → channels. May be incomplete; what is missing is
/// told by <see cref="FieldProblem"/>s before it can be activated.
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

    /// <summary>A message that could not go out within this time after it was due is skipped as <c>too_late</c>; null for no end. Not for triggers that count days.</summary>
    [Id(10)] public TimeSpan? MaxLateness { get; init; }

    /// <summary>Whether customers wait for it: then it does not mind quiet hours.</summary>
    [Id(11)] public bool Transactional { get; init; }

    /// <summary>What makes a message needless before it goes out; see <see cref="ExitConditions"/>. Not for manual ones.</summary>
    [Id(12)] public IReadOnlyList<string> ExitWhen { get; init; } = [];

    /// <summary>Whether its mail tells what readers do with it; absent means that it does not.</summary>
    [Id(13)] public TrackingDefinition? Tracking { get; init; }

    /// <summary>The id of the topic it writes about: who opted out of that does not get it. Null for none.</summary>
    [Id(14)] public string? Topic { get; init; }
}

/// <summary>What is to be said of a draft before it goes out.</summary>
/// <param name="Problems">What keeps it from being activated.</param>
/// <param name="Warnings">What does not, and may still not be what its author wants.</param>
[GenerateSerializer, Immutable, Alias("draft-review")]
public sealed record DraftReview([property: Id(0)] IReadOnlyList<FieldProblem> Problems, [property: Id(1)] IReadOnlyList<FieldProblem> Warnings);

/// <summary>What the mail of a distribution tells of its readers. Test sends and previews never do.</summary>
[GenerateSerializer, Immutable, Alias("distribution-draft.tracking")]
public sealed record TrackingDefinition
{
    /// <summary>That it was opened: by a picture that nobody sees, so not where pictures are off.</summary>
    [Id(0)] public bool Opens { get; init; }

    /// <summary>That a link of it was followed: its links lead by way of the engine.</summary>
    [Id(1)] public bool Clicks { get; init; }
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
