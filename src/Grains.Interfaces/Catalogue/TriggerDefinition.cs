namespace Marketing.Catalogue;

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

    /// <summary>Order and custom event triggers: only where this validation rule holds for the customer and the order or event. One that was deleted holds for nobody.</summary>
    [Id(5)] public string? ValidationRuleId { get; init; }

    /// <summary>Segment entered: also send to those who are members at activation, or at <c>starts_at</c> if that is later.</summary>
    [Id(6)] public bool IncludeCurrentMembers { get; init; }

    /// <summary>Triggers in time: how many days before the code, the points or the tier is lost, or after the code was published. 1 to 365.</summary>
    [Id(7)] public int? Days { get; init; }

    /// <summary>Next tier near: with how many points left, or fewer. At least 1.</summary>
    [Id(8)] public long? Points { get; init; }
}
