using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Http;

namespace Marketing.Distributions;

// For the OpenAPI document; DistributionReader reads it.

/// <summary>A distribution. Everything may be missing in a draft.</summary>
[AnsweredAs(typeof(DistributionResponse))]
internal sealed record DistributionRequest
{
    /// <summary>Unique in the project.</summary>
    public string? Name { get; init; }

    /// <summary><c>manual</c> or <c>automatic</c>.</summary>
    public string? Type { get; init; }

    public TriggerDefinition? Trigger { get; init; }

    public AudienceDefinition? Audience { get; init; }

    public ActionDefinition? Action { get; init; }

    public IReadOnlyList<ChannelDefinition>? Channels { get; init; }

    /// <summary>Automatic: triggers before it are ignored. Manual: it is sent then, or at the end of the countdown if that is later.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Automatic: triggers from then on are ignored, and it stops once what it owes is sent. Not for manual ones.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>ISO 8601 duration between trigger and message: <c>PT10M</c>, <c>P1D</c>. Not for manual ones.</summary>
    public string? Delay { get; init; }

    /// <summary><c>resend</c> (default) or <c>hold</c>.</summary>
    public string? Uncertain { get; init; }

    /// <summary>ISO 8601 duration: a message that could not go out within this time after it was due is skipped as <c>too_late</c>. Absent for no end; not for triggers that count days.</summary>
    public string? MaxLateness { get; init; }

    /// <summary>Whether customers wait for it, as for the confirmation of an order: then the project's quiet hours do not hold for it.</summary>
    public bool? Transactional { get; init; }

    /// <summary>Of automatic ones, what makes a message needless before it goes out: <c>order_paid</c>, <c>order_canceled</c>, <c>left_segment</c>, <c>code_redeemed</c>, as far as the trigger allows.</summary>
    public IReadOnlyList<string>? ExitWhen { get; init; }

    /// <summary>Whether its mail tells what readers do with it; it does not when absent.</summary>
    public TrackingDefinition? Tracking { get; init; }

    /// <summary>The id of the topic it writes about: who opted out of that is skipped as <c>opted_out</c>, and unsubscribing from its messages is unsubscribing from the topic.</summary>
    public string? Topic { get; init; }
}

/// <summary>For whom to render a preview.</summary>
internal sealed record PreviewRequest
{
    /// <summary>Customer id or source id.</summary>
    public required string Customer { get; init; }
}

/// <summary>A distribution that is not stored, to be looked at.</summary>
internal sealed record DraftPreviewRequest
{
    /// <summary>The distribution as it would be stored.</summary>
    public required DistributionRequest Distribution { get; init; }

    /// <summary>Customer id or source id; a made-up customer when absent.</summary>
    public string? Customer { get; init; }

    /// <summary>Only this channel.</summary>
    public string? Channel { get; init; }
}

/// <summary>A test send.</summary>
internal sealed record TestRequest
{
    /// <summary>Whose data is rendered: customer id or source id; a made-up customer when absent.</summary>
    public string? Customer { get; init; }

    /// <summary>Only this channel.</summary>
    public string? Channel { get; init; }

    /// <summary>Where to send, at most 10.</summary>
    public IReadOnlyList<string>? Addresses { get; init; }
}

/// <summary>Which failed messages to send again.</summary>
internal sealed record RetryRequest
{
    /// <summary>All failed ones when absent.</summary>
    public IReadOnlyList<string>? MessageIds { get; init; }
}
