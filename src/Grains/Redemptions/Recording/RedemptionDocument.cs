using System.Text.Json;
using Marketing.Loyalties;
using Marketing.Rewards;

namespace Marketing.Redemptions;

/// <summary>What is stored of a redemption or a rollback beside its row. Names are the stored format.</summary>
internal sealed record RedemptionDocument
{
    /// <summary><c>voucher</c>, <c>promotion_tier</c> or <c>redemption</c>, which is what the parent of a stack is of.</summary>
    public required string ObjectType { get; init; }

    public required string ObjectId { get; init; }

    /// <summary>As it was asked for: a code.</summary>
    public string? Reference { get; init; }

    public string? CampaignId { get; init; }

    public string? CustomerId { get; init; }

    public string? TrackingId { get; init; }

    public string? Reason { get; init; }

    /// <summary>As it was given.</summary>
    public RawJson? Metadata { get; init; }

    /// <summary>Credits of a gift card that were taken; negative where they were given back.</summary>
    public long? Credits { get; init; }

    /// <summary>Points of a loyalty card that were taken; negative where they were given back.</summary>
    public long? Points { get; init; }

    /// <summary>What they were spent on.</summary>
    public RedeemedReward? Reward { get; init; }

    /// <summary>What was taken off, order and lines together.</summary>
    public long Discount { get; init; }

    /// <summary>The order as it was calculated, before whatever came later.</summary>
    public RawJson? Order { get; init; }

    public string? OrderId { get; init; }

    /// <summary>The version of the order that the redemption wrote: what nobody has changed since can be put back as it was.</summary>
    public long OrderVersion { get; init; }

    /// <summary>The amounts and lines of the order before it.</summary>
    public RawJson? OrderBefore { get; init; }

    public required string Channel { get; init; }

    public string? ChannelId { get; init; }

    public string? FailureKey { get; init; }

    public string? FailureMessage { get; init; }

    public string? FailureDetails { get; init; }

    /// <summary>What the shop wrote for its customer.</summary>
    public string? ShopMessage { get; init; }

    public string? Session { get; init; }

    /// <summary>The parent's id.</summary>
    public string? ParentId { get; init; }

    /// <summary>Of the parent of a stack, or of a rollback of one: its parts. Of a redemption that was taken back, the rollback.</summary>
    public IReadOnlyList<RelatedRedemption> Related { get; init; } = [];

    /// <summary>Redeemables that were asked for and not applied, in the wire format.</summary>
    public RawJson? PassedOver { get; init; }

    /// <summary>What was counted. A rollback takes back just that.</summary>
    public IReadOnlyList<AccountChange> Accounts { get; init; } = [];

    public IReadOnlyList<FigureChange> Figures { get; init; } = [];

    public static RedemptionDocument Of(RedemptionRow row) => JsonSerializer.Deserialize<RedemptionDocument>(row.Document.Utf8.Span, WireJson.Options)!;

    public RawJson ToJson() => new(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options));
}

/// <summary>A reward that was redeemed.</summary>
/// <param name="Id">Reward id.</param>
/// <param name="Assignment">Assignment id.</param>
/// <param name="Shown">As it was then, in the wire format.</param>
/// <param name="Buckets">The points that were taken, by when they end.</param>
/// <param name="Given">What was given.</param>
internal sealed record RedeemedReward(string Id, string Assignment, RawJson Shown, IReadOnlyList<BucketPart> Buckets, GivenReward Given);

/// <summary>Another redemption or rollback that belongs to it.</summary>
internal sealed record RelatedRedemption(string Id, DateTimeOffset Date);

/// <summary>A change of an account.</summary>
/// <param name="Account">Its key.</param>
/// <param name="Delta">What was added.</param>
internal sealed record AccountChange(string Account, long Delta);

/// <summary>A change of a figure.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Delta">What was added.</param>
internal sealed record FigureChange(string Key, long Delta);
