using System.Collections.Frozen;

namespace Marketing.Webhooks;

/// <summary>
/// The types of events that a webhook can name: those of the product's management API, in its spellings, and those that customers' activity and the log of distributions have besides. Not all of the
/// product's happen here; they are taken, so that its clients need not know which.
/// </summary>
public static class WebhookEvents
{
    // The enumeration of the product's specification has this ending in four of its names; its pages have the other.
    private const string Misspelt = "aded";

    /// <summary>What this engine posts.</summary>
    public static IReadOnlyList<string> Posted { get; } =
    [
        "customer.created", "customer.updated", "customer.deleted",
        "customer.segment.entered", "customer.segment.left",
        "customer.order.created", "customer.order.updated", "customer.order.paid", "customer.order.canceled", "customer.order.fulfilled",
        "customer.custom_event",
        "customer.referred", "customer.holder.assignment.created", "customer.holder.assignment.deleted",
        "customer.publication.succeeded", "customer.publication.failed", "publication.succeeded",
        "customer.redemption.succeeded", "customer.redemption.failed", "customer.redemption.rollback.succeeded", "customer.redemption.rollback.failed",
        "redemption.succeeded", "redemption.failed", "redemption.rollback.succeeded", "redemption.rollback.failed",
        "customer.voucher.gift.balance_added", "voucher.gift.balance_added",
        "customer.rewarded", "customer.reward_redemptions.completed", "customer.reward_redemptions.rolledback",
        "voucher.created", "voucher.updated", "voucher.enabled", "voucher.disabled", "voucher.deleted", "voucher.published",
        "distribution.created", "distribution.updated", "distribution.activated", "distribution.scheduled", "distribution.sending", "distribution.sent", "distribution.paused", "distribution.resumed",
        "distribution.stopped", "distribution.retried", "distribution.supplies_low", "distribution.deleted",
    ];

    /// <summary>What the product posts, and this engine does not.</summary>
    public static IReadOnlyList<string> OfTheProduct { get; } =
    [
        "business_validation_rule.created", "business_validation_rule.updated", "business_validation_rule.deleted",
        "business_validation_rule.assignment.created", "business_validation_rule.assignment.deleted",
        "campaign.created", "campaign.updated", "campaign.deleted", "campaign.enabled", "campaign.disabled",
        "campaign.earning_rule.assigned", "campaign.earning_rule.deleted", "campaign.earning_rule.disabled", "campaign.earning_rule.enabled", "campaign.earning_rule.updated",
        "campaign.loyalty_tier.created", "campaign.loyalty_tier.deleted", "campaign.loyalty_tier.updated",
        "campaign.promotion_stack.created", "campaign.promotion_stack.updated",
        "campaign.promotion_tier.created", "campaign.promotion_tier.deleted", "campaign.promotion_tier.disabled", "campaign.promotion_tier.enabled", "campaign.promotion_tier.updated",
        "campaign.referral_tier.created", "campaign.referral_tier.deleted", "campaign.referral_tier.updated",
        "campaign.reward.assignment.created", "campaign.reward.assignment.deleted", "campaign.reward.assignment.updated",
        "campaign.vouchers.added", "campaign.vouchers.generation.started", "campaign.vouchers.generation.completed", "campaign.vouchers.generation.failed",
        "customer.confirmed", "customer.rewarded.loyalty_points",
        "voucher.gift.transaction.created",
        "voucher.loyalty_card.points_added", "voucher.loyalty_card.points_expired", "voucher.loyalty_card.transaction.created",
        "voucher.loyalty_card.pending_points.activated", "voucher.loyalty_card.pending_points.added", "voucher.loyalty_card.pending_points.canceled", "voucher.loyalty_card.pending_points.updated",
    ];

    private static readonly FrozenSet<string> Known = Posted.Concat(OfTheProduct).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The type as events have it; null for what is none.</summary>
    public static string? Find(string given)
    {
        var type = given.EndsWith(Misspelt, StringComparison.Ordinal) ? $"{given[..^Misspelt.Length]}added" : given;
        return Known.Contains(type) ? type : null;
    }
}
