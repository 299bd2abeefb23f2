namespace Marketing.Catalogue;

/// <summary>
/// Everything that can start a distribution. A new trigger is one entry here, and the place that raises the event: the
/// catalogue endpoint, validation and matching follow from the entry.
/// </summary>
public static class TriggerCatalogue
{
    /// <summary>Manual sends: no event.</summary>
    public const string Manual = "manual_distribution_schedule";

    /// <summary>A customer started to match a segment.</summary>
    public const string SegmentEntered = "customer.segment.entered";

    /// <summary>A customer ceased to match a segment.</summary>
    public const string SegmentLeft = "customer.segment.left";

    /// <summary>An order was created.</summary>
    public const string OrderCreated = "customer.order.created";

    /// <summary>An order changed.</summary>
    public const string OrderUpdated = "customer.order.updated";

    /// <summary>An order became paid.</summary>
    public const string OrderPaid = "customer.order.paid";

    /// <summary>An order was canceled.</summary>
    public const string OrderCanceled = "customer.order.canceled";

    /// <summary>An order was fulfilled.</summary>
    public const string OrderFulfilled = "customer.order.fulfilled";

    /// <summary>A custom event was tracked.</summary>
    public const string CustomEvent = "customer.custom_event";

    /// <summary>A code of a campaign was published to a customer.</summary>
    public const string Published = "customer.publication.succeeded";

    /// <summary>A code of a campaign was redeemed.</summary>
    public const string Redeemed = "customer.redemption.succeeded";

    /// <summary>A redemption of a code of a campaign was taken back.</summary>
    public const string RolledBack = "customer.redemption.rollback.succeeded";

    /// <summary>Credits were added to a gift card of a campaign, or taken from it, other than by redeeming.</summary>
    public const string CreditsAdjusted = "customer.voucher.gift.balance_added";

    /// <summary>A code of a campaign that a customer has stops holding in some days, and is not redeemed.</summary>
    public const string ExpiresSoon = "customer.voucher.expires_soon";

    /// <summary>A code of a campaign was published to a customer some days ago, and is not redeemed.</summary>
    public const string NotRedeemed = "customer.voucher.not_redeemed";

    /// <summary>Points were added to a loyalty card of a programme, or taken from it, by hand.</summary>
    public const string PointsAdjusted = "customer.voucher.loyalty_card.points_added";

    /// <summary>Points of a loyalty card of a programme expired.</summary>
    public const string PointsExpired = "customer.voucher.loyalty_card.points_expired";

    /// <summary>A member of a programme earned points that wait.</summary>
    public const string PendingAdded = "customer.voucher.loyalty_card.pending_points.added";

    /// <summary>How many points wait was changed.</summary>
    public const string PendingUpdated = "customer.voucher.loyalty_card.pending_points.updated";

    /// <summary>Points that waited became points.</summary>
    public const string PendingActivated = "customer.voucher.loyalty_card.pending_points.activated";

    /// <summary>Points that waited never become points.</summary>
    public const string PendingCanceled = "customer.voucher.loyalty_card.pending_points.canceled";

    /// <summary>A member of a programme earned points.</summary>
    public const string RewardedPoints = "customer.rewarded.loyalty_points";

    /// <summary>A member came into a tier from none.</summary>
    public const string TierJoined = "customer.loyalty.tier.joined";

    /// <summary>A member is in no tier any more.</summary>
    public const string TierLeft = "customer.loyalty.tier.left";

    /// <summary>A member came into a higher tier.</summary>
    public const string TierUpgraded = "customer.loyalty.tier.upgraded";

    /// <summary>A member came into a lower tier.</summary>
    public const string TierDowngraded = "customer.loyalty.tier.downgraded";

    /// <summary>A member stays in a tier for longer.</summary>
    public const string TierProlonged = "customer.loyalty.tier.prolonged";

    /// <summary>A member redeemed a reward of a programme.</summary>
    public const string RewardRedeemed = "customer.reward_redemptions.completed";

    /// <summary>Points of a member end in some days.</summary>
    public const string PointsExpireSoon = "customer.voucher.loyalty_card.points_expire_soon";

    /// <summary>A member loses a tier in some days, unless something comes of the member until then.</summary>
    public const string TierExpiresSoon = "customer.loyalty.tier.expires_soon";

    /// <summary>A member is some points, or fewer, away from the next tier.</summary>
    public const string TierNear = "customer.loyalty.tier.near";

    /// <summary>A customer was brought by another with a code of a referral programme.</summary>
    public const string Referred = "customer.referred";

    /// <summary>A customer was given something for a referral.</summary>
    public const string Rewarded = "customer.rewarded";

    // What goes with manual sends, segments, orders and custom events.
    private static readonly string[] Incentives = [ActionCatalogue.PlainMessage, ActionCatalogue.NotifyPromotion, ActionCatalogue.PublishCodes];

    /// <summary>All triggers.</summary>
    public static IReadOnlyList<TriggerDescriptor> All { get; } =
    [
        new(Manual, "Manual message", "Manual message", null, [], Incentives) { IsManual = true },
        new(SegmentEntered, "Segment related activity", "Customer entered segment", TriggerSelector.Segment, ["segment"], Incentives),
        new(SegmentLeft, "Segment related activity", "Customer left segment", TriggerSelector.Segment, ["segment"], Incentives),
        new(OrderCreated, "Cart related activity", "Order created", null, ["order"], Incentives) { TakesRule = true },
        new(OrderUpdated, "Cart related activity", "Order updated", null, ["order"], Incentives) { TakesRule = true },
        new(OrderPaid, "Cart related activity", "Order paid", null, ["order"], Incentives) { TakesRule = true },
        new(OrderCanceled, "Cart related activity", "Order canceled", null, ["order"], Incentives) { TakesRule = true },
        new(OrderFulfilled, "Cart related activity", "Order fulfilled", null, ["order"], Incentives) { TakesRule = true },
        new(CustomEvent, "Custom events", "Custom event", TriggerSelector.CustomEvent, ["event"], Incentives) { TakesRule = true },
        new(CreditsAdjusted, "Voucher related activity", "Gift credits adjusted", TriggerSelector.Campaign, ["voucher", "campaign", "balance"], [ActionCatalogue.GiftCredits]),
        new(Redeemed, "Voucher related activity", "Voucher redeemed", TriggerSelector.Campaign, ["order", "voucher", "campaign", "promotion_tier", "redemption"], [ActionCatalogue.Message]),
        new(RolledBack, "Voucher related activity", "Voucher redemption rolled back", TriggerSelector.Campaign, ["order", "voucher", "campaign", "promotion_tier", "redemption", "redemption_rollback"], [ActionCatalogue.Message]),
        new(PointsAdjusted, "Voucher related activity", "Loyalty points adjusted", TriggerSelector.Campaign, ["voucher", "campaign", "balance", "membership"], [ActionCatalogue.LoyaltyPoints]),
        new(PointsExpired, "Voucher related activity", "Loyalty points expired", TriggerSelector.Campaign, ["voucher", "campaign", "points", "membership"], [ActionCatalogue.Message]),
        new(PendingAdded, "Voucher related activity", "Loyalty pending points adjusted", TriggerSelector.Campaign, ["voucher", "campaign", "order", "pending_points", "membership"], [ActionCatalogue.Message]),
        new(PendingUpdated, "Voucher related activity", "Loyalty pending points updated", TriggerSelector.Campaign, ["voucher", "campaign", "order", "pending_points", "membership"], [ActionCatalogue.Message]),
        new(PendingActivated, "Voucher related activity", "Loyalty pending points activated", TriggerSelector.Campaign, ["voucher", "campaign", "balance", "order", "pending_points", "membership"], [ActionCatalogue.Message]),
        new(PendingCanceled, "Voucher related activity", "Loyalty pending points canceled", TriggerSelector.Campaign, ["voucher", "campaign", "order", "pending_points", "membership"], [ActionCatalogue.Message]),
        new(TierJoined, "Loyalty tier related activity", "Customer entered tier structure", TriggerSelector.Campaign, ["campaign", "loyalty_tier", "membership"], [ActionCatalogue.Message]) { TakesTier = true },
        new(TierLeft, "Loyalty tier related activity", "Customer left tier structure", TriggerSelector.Campaign, ["campaign", "loyalty_tier", "membership"], [ActionCatalogue.Message]) { TakesTier = true },
        new(TierUpgraded, "Loyalty tier related activity", "Tier upgraded", TriggerSelector.Campaign, ["campaign", "loyalty_tier_from", "loyalty_tier_to", "membership"], [ActionCatalogue.Message]) { TakesTier = true },
        new(TierDowngraded, "Loyalty tier related activity", "Tier downgraded", TriggerSelector.Campaign, ["campaign", "loyalty_tier_from", "loyalty_tier_to", "membership"], [ActionCatalogue.Message]) { TakesTier = true },
        new(TierProlonged, "Loyalty tier related activity", "Tier prolonged", TriggerSelector.Campaign, ["campaign", "loyalty_tier", "membership"], [ActionCatalogue.Message]) { TakesTier = true },
        new(RewardedPoints, "Loyalty tier related activity", "Customer rewarded loyalty points", TriggerSelector.Campaign, ["voucher", "campaign", "loyalty_tier", "earning_rule", "balance", "order", "event", "membership"], [ActionCatalogue.LoyaltyPoints]),
        new(RewardRedeemed, "Customer rewards", "Reward redeemed", TriggerSelector.Campaign, ["voucher", "campaign", "reward", "balance", "redemption", "order", "membership"], [ActionCatalogue.RewardDetails]),
        new(PointsExpireSoon, "Voucher related activity", "Loyalty points expire soon", TriggerSelector.Campaign, ["voucher", "campaign", "expiring_points", "membership"], [ActionCatalogue.Message]) { TakesDays = true },
        new(TierExpiresSoon, "Loyalty tier related activity", "Tier lost soon", TriggerSelector.Campaign, ["campaign", "loyalty_tier", "membership"], [ActionCatalogue.Message]) { TakesDays = true },
        new(TierNear, "Loyalty tier related activity", "Next tier near", TriggerSelector.Campaign, ["campaign", "next_tier", "membership"], [ActionCatalogue.Message]) { TakesPoints = true },
        new(Referred, "Referral related activity", "Customer was referred", TriggerSelector.Campaign, ["referrer", "voucher", "campaign"], [ActionCatalogue.Message]),
        new(Rewarded, "Referral related activity", "Customer rewarded for referral", TriggerSelector.Campaign, ["voucher", "campaign", "balance", "referral_tier"], [ActionCatalogue.Message]),
        new(Published, "Publishing codes", "Successfully published", TriggerSelector.Campaign, ["voucher", "campaign", "publication"], [ActionCatalogue.PublishedCode]),
        new(ExpiresSoon, "Publishing codes", "Published code expires soon", TriggerSelector.Campaign, ["voucher", "campaign", "publication"], [ActionCatalogue.Message]) { CountsFrom = Published },
        new(NotRedeemed, "Publishing codes", "Published code not redeemed", TriggerSelector.Campaign, ["voucher", "campaign", "publication"], [ActionCatalogue.Message]) { CountsFrom = Published },
    ];

    /// <summary>The entry of this type, or null.</summary>
    public static TriggerDescriptor? Find(string? type) => All.FirstOrDefault(trigger => trigger.Type == type);
}

/// <summary>What an author must choose beside the trigger itself. Only events of the object that was chosen start the distribution.</summary>
/// <param name="Field">Its name in <c>trigger</c>.</param>
/// <param name="Read">Reads it from a draft's trigger; null where it is not chosen yet.</param>
public sealed record TriggerSelector(string Field, Func<TriggerDefinition, string?> Read)
{
    /// <summary><c>trigger.segment_id</c>.</summary>
    public static readonly TriggerSelector Segment = new("segment_id", static trigger => trigger.SegmentId);

    /// <summary><c>trigger.campaign_id</c>.</summary>
    public static readonly TriggerSelector Campaign = new("campaign_id", static trigger => trigger.CampaignId);

    /// <summary><c>trigger.custom_event</c>.</summary>
    public static readonly TriggerSelector CustomEvent = new("custom_event", static trigger => trigger.CustomEvent);
}

/// <summary>One trigger.</summary>
/// <param name="Type">The event type, on the wire and in rows.</param>
/// <param name="Category">Where a builder lists it.</param>
/// <param name="Label">What a builder calls it.</param>
/// <param name="Selector">What must be chosen with it; null where nothing has to.</param>
/// <param name="Variables">Template variables it brings besides <c>customer</c>, <c>distribution</c> and <c>project</c>.</param>
/// <param name="Actions">Types of the actions that go with it.</param>
public sealed record TriggerDescriptor(
    string Type, string Category, string Label, TriggerSelector? Selector, IReadOnlyList<string> Variables, IReadOnlyList<string> Actions)
{
    /// <summary>Started by a person, not by an event.</summary>
    public bool IsManual { get; init; }

    /// <summary>Whether <c>trigger.validation_rule_id</c> may say for which of its events it starts.</summary>
    public bool TakesRule { get; init; }

    /// <summary>Whether <c>trigger.loyalty_tier_id</c> may say which tier it is about.</summary>
    public bool TakesTier { get; init; }

    /// <summary>The event that puts it on the calendar, <c>trigger.days</c> before or after an instant that the event knows; null for one that starts at once.</summary>
    public string? CountsFrom { get; init; }

    /// <summary>Whether <c>trigger.days</c> says how many days ahead members are told of something.</summary>
    public bool TakesDays { get; init; }

    /// <summary>Whether <c>trigger.points</c> says from how many points on.</summary>
    public bool TakesPoints { get; init; }

    /// <summary>Whether <c>trigger.days</c> has to be given.</summary>
    public bool NeedsDays => TakesDays || CountsFrom is not null;

    /// <summary>The event that is listened to.</summary>
    public string ListensTo => CountsFrom ?? Type;

    /// <summary>What a draft's trigger chose; null where nothing has to be chosen, or is not yet.</summary>
    public string? Chosen(TriggerDefinition? trigger) => trigger is null || Selector is null ? null : Selector.Read(trigger);
}
