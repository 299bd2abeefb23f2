using Marketing.Customers;
using Marketing.Orders;

namespace Marketing.Redemptions;

// For the OpenAPI document; RedemptionReader reads it.

/// <summary>What is to be validated or redeemed together.</summary>
internal sealed record RedemptionRequest
{
    /// <summary>1 to 30, in the order in which they are applied.</summary>
    public required IReadOnlyList<RedeemableRequest> Redeemables { get; init; }

    /// <summary>What is bought. One with an id or source id that is known is changed; a redemption makes another.</summary>
    public OrderRequestBody? Order { get; init; }

    /// <summary>Who redeems; fields of the profile that come along are stored by a redemption.</summary>
    public CustomerRequest? Customer { get; init; }

    public SessionRequest? Session { get; init; }

    public string? TrackingId { get; init; }

    public IReadOnlyDictionary<string, object>? Metadata { get; init; }

    /// <summary>Everything is always written out.</summary>
    public RedemptionOptions? Options { get; init; }
}

/// <summary>A code, a promotion tier or a stack of them.</summary>
internal sealed record RedeemableRequest
{
    /// <summary><c>voucher</c>, <c>promotion_tier</c>, <c>promotion_stack</c>, <c>gift_card</c> or <c>loyalty_card</c>.</summary>
    public required string Object { get; init; }

    /// <summary>The code, or the id.</summary>
    public required string Id { get; init; }

    /// <summary>Of a gift card: how many credits to spend.</summary>
    public GiftRequest? Gift { get; init; }

    /// <summary>Of a loyalty card: what its points are spent on. A request has one loyalty card at the most.</summary>
    public RewardChoiceRequest? Reward { get; init; }
}

/// <summary>What points are spent on.</summary>
internal sealed record RewardChoiceRequest
{
    /// <summary>The reward, which is to be had in the card's programme.</summary>
    public required string Id { get; init; }

    /// <summary>Of a COIN reward: how many points to spend on the order at the most. As many as it takes where it is absent.</summary>
    public long? Points { get; init; }
}

/// <summary>Credits of a gift card.</summary>
internal sealed record GiftRequest
{
    /// <summary>In minor units. As many as there is to pay where it is absent.</summary>
    public long? Credits { get; init; }
}

/// <summary>A reservation: a validation holds a use and the credits until the same session redeems, or its time is over.</summary>
internal sealed record SessionRequest
{
    /// <summary>The same key again takes the place of what it held. One is made where it is absent.</summary>
    public string? Key { get; init; }

    /// <summary><c>LOCK</c>.</summary>
    public string? Type { get; init; }

    /// <summary>7 days where it is absent, at most a year.</summary>
    public double? Ttl { get; init; }

    /// <summary><c>DAYS</c>, <c>HOURS</c>, <c>MINUTES</c>, <c>SECONDS</c>, <c>MILLISECONDS</c>, <c>MICROSECONDS</c> or <c>NANOSECONDS</c>.</summary>
    public string? TtlUnit { get; init; }
}

/// <summary>What is to be written out.</summary>
internal sealed record RedemptionOptions
{
    public IReadOnlyList<string>? Expand { get; init; }
}

/// <summary>What is to be redeemed of what stands in the path.</summary>
internal sealed record SingleRedemptionRequest
{
    public OrderRequestBody? Order { get; init; }

    public CustomerRequest? Customer { get; init; }

    public GiftRequest? Gift { get; init; }

    public RewardChoiceRequest? Reward { get; init; }

    public SessionRequest? Session { get; init; }

    public string? TrackingId { get; init; }

    public IReadOnlyDictionary<string, object>? Metadata { get; init; }

    public RedemptionOptions? Options { get; init; }
}

/// <summary>Why something is taken back, and whose it must be.</summary>
internal sealed record RollbackRequest
{
    public string? Reason { get; init; }

    public string? TrackingId { get; init; }

    /// <summary>Refused where it is not the one who redeemed.</summary>
    public CustomerRequest? Customer { get; init; }

    /// <summary>Refused where it is not the order of the redemption.</summary>
    public OrderRequestBody? Order { get; init; }

    public IReadOnlyDictionary<string, object>? Metadata { get; init; }
}

/// <summary>A page of redemptions and rollbacks.</summary>
internal sealed record RedemptionListResponse(IReadOnlyList<RawJson> Redemptions, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "redemptions";

    /// <summary>Whether there are more than total.</summary>
    public bool? TotalIsMinimum { get; init; }
}
