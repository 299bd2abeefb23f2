using Marketing.Customers;
using Marketing.Orders;

namespace Marketing.Redemptions;

/// <summary>What is to be redeemed, by whom and for which order. The same for a validation.</summary>
[GenerateSerializer, Immutable, Alias("redemption-command")]
public sealed record RedemptionCommand
{
    /// <summary>The most redeemables of a request.</summary>
    public const int MostRedeemables = 30;

    /// <summary>The channel of what is redeemed by itself.</summary>
    public const string AutoRedeem = "AUTO_REDEEM";

    /// <summary>The id of the redemption, or of the parent where there are several; the same for a repetition of the request.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>In the order in which they are to be applied.</summary>
    [Id(1)] public required IReadOnlyList<RedeemableReference> Redeemables { get; init; }

    /// <summary>Who redeems; null for somebody unknown.</summary>
    [Id(2)] public string? CustomerId { get; init; }

    /// <summary>Profile fields that came with it.</summary>
    [Id(3)] public CustomerPatch Customer { get; init; } = CustomerPatch.Nothing;

    /// <summary>What is bought; null for nothing.</summary>
    [Id(4)] public OrderCommand? Order { get; init; }

    /// <summary>The id of the order, which may be there already; null where nothing is bought, or nothing is to be stored.</summary>
    [Id(5)] public string? OrderId { get; init; }

    /// <summary>A JSON object.</summary>
    [Id(6)] public RawJson Metadata { get; init; } = RawJson.EmptyObject;

    /// <summary>The caller's id of the visitor.</summary>
    [Id(7)] public string? TrackingId { get; init; }

    /// <summary>What is reserved by a validation until it is redeemed.</summary>
    [Id(8)] public SessionLock? Session { get; init; }
}

/// <summary>A code, a promotion tier or a stack of them.</summary>
/// <param name="Type"><c>voucher</c>, <c>promotion_tier</c> or <c>promotion_stack</c>.</param>
/// <param name="Id">Code or id.</param>
/// <param name="Credits">Of a gift card, how many are to be spent, in minor units; null for as many as there is to pay.</param>
[GenerateSerializer, Immutable, Alias("redeemable-reference")]
public sealed record RedeemableReference([property: Id(0)] string Type, [property: Id(1)] string Id, [property: Id(2)] long? Credits)
{
    /// <summary>Of a loyalty card, what its points are spent on.</summary>
    [Id(3)] public RewardChoice? Reward { get; init; }

    /// <summary>A code.</summary>
    public const string Voucher = "voucher";

    /// <summary>A promotion tier.</summary>
    public const string PromotionTier = "promotion_tier";

    /// <summary>Promotion tiers that are applied together.</summary>
    public const string PromotionStack = "promotion_stack";
}

/// <summary>What points of a card are spent on.</summary>
/// <param name="Id">The reward, which is to be had in the card's programme.</param>
/// <param name="Points">Of what is paid with points, how many are to be spent at the most; null for as many as it takes.</param>
[GenerateSerializer, Immutable, Alias("reward-choice")]
public sealed record RewardChoice([property: Id(0)] string Id, [property: Id(1)] long? Points)
{
    /// <summary>Whether the card redeems it by itself: before what ends in this night is taken.</summary>
    [Id(2)] public bool IsByItself { get; init; }
}

/// <summary>A reservation.</summary>
/// <param name="Key">Of the session. The same key again takes its place.</param>
/// <param name="LastsFor">For how long.</param>
/// <param name="Ttl">The same as it was given; null where it was not.</param>
/// <param name="TtlUnit">Of that.</param>
[GenerateSerializer, Immutable, Alias("session-lock")]
public sealed record SessionLock([property: Id(0)] string Key, [property: Id(1)] TimeSpan LastsFor, [property: Id(2)] decimal? Ttl, [property: Id(3)] string? TtlUnit);

/// <summary>What is to be taken back.</summary>
[GenerateSerializer, Immutable, Alias("rollback-command")]
public sealed record RollbackCommand
{
    /// <summary>The id of the rollback, or of the parent of several; the same for a repetition of the request.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The id of the redemption, or of the parent of a stack.</summary>
    [Id(1)] public required string RedemptionId { get; init; }

    /// <summary>Whether it is the parent of a stack that is meant, or a redemption without one.</summary>
    [Id(2)] public bool OfStack { get; init; }

    /// <summary>Why.</summary>
    [Id(3)] public string? Reason { get; init; }

    /// <summary>The caller's id of the visitor.</summary>
    [Id(4)] public string? TrackingId { get; init; }

    /// <summary>The customer it must be of, by id; null for whoever redeemed it.</summary>
    [Id(5)] public string? CustomerId { get; init; }

    /// <summary>The order it must be of, by id or source id; null for whichever it was.</summary>
    [Id(6)] public string? Order { get; init; }

    /// <summary>A JSON object; null for none.</summary>
    [Id(7)] public RawJson? Metadata { get; init; }
}
