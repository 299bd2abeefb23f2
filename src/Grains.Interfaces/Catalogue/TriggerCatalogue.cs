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

    // What goes with manual sends, segments, orders and custom events.
    private static readonly string[] Incentives = [ActionCatalogue.PlainMessage, ActionCatalogue.NotifyPromotion, ActionCatalogue.PublishCodes];

    /// <summary>All triggers.</summary>
    public static IReadOnlyList<TriggerDescriptor> All { get; } =
    [
        new(Manual, "Manual message", "Manual message", null, [], Incentives) { IsManual = true },
        new(SegmentEntered, "Segment related activity", "Customer entered segment", TriggerSelector.Segment, ["segment"], Incentives),
        new(SegmentLeft, "Segment related activity", "Customer left segment", TriggerSelector.Segment, ["segment"], Incentives),
        new(OrderCreated, "Cart related activity", "Order created", null, ["order"], Incentives),
        new(OrderUpdated, "Cart related activity", "Order updated", null, ["order"], Incentives),
        new(OrderPaid, "Cart related activity", "Order paid", null, ["order"], Incentives),
        new(OrderCanceled, "Cart related activity", "Order canceled", null, ["order"], Incentives),
        new(OrderFulfilled, "Cart related activity", "Order fulfilled", null, ["order"], Incentives),
        new(CustomEvent, "Custom events", "Custom event", TriggerSelector.CustomEvent, ["event"], Incentives),
        new(CreditsAdjusted, "Voucher related activity", "Gift credits adjusted", TriggerSelector.Campaign, ["voucher", "campaign", "balance"], [ActionCatalogue.GiftCredits]),
        new(Redeemed, "Voucher related activity", "Voucher redeemed", TriggerSelector.Campaign, ["order", "voucher", "campaign", "promotion_tier", "redemption"], [ActionCatalogue.Message]),
        new(RolledBack, "Voucher related activity", "Voucher redemption rolled back", TriggerSelector.Campaign, ["order", "voucher", "campaign", "promotion_tier", "redemption", "redemption_rollback"], [ActionCatalogue.Message]),
        new(Published, "Publishing codes", "Successfully published", TriggerSelector.Campaign, ["voucher", "campaign", "publication"], [ActionCatalogue.PublishedCode]),
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

    /// <summary>What a draft's trigger chose; null where nothing has to be chosen, or is not yet.</summary>
    public string? Chosen(TriggerDefinition? trigger) => trigger is null || Selector is null ? null : Selector.Read(trigger);
}
