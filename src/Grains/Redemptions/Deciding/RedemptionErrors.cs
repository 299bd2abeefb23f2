using Marketing.Rewards;

namespace Marketing.Redemptions;

/// <summary>Why something is not redeemed or not taken back, in the words of the product.</summary>
internal static class RedemptionErrors
{
    public static RedemptionError NotFound(string type, string id) =>
        new(404, "not_found", "Resource not found", $"Cannot find {type} with id {id}") { ResourceId = id, ResourceType = type };

    public static RedemptionError VoucherDisabled(string code) => Of("voucher_disabled", "voucher is disabled", code);

    public static RedemptionError CampaignDisabled(string code) => Of("campaign_inactive", "Campaign is inactive", code);

    public static RedemptionError Expired(string code) => Of("voucher_expired", "voucher expired", code);

    public static RedemptionError NotActiveYet(string code) => Of("voucher_not_active", "voucher is not active yet", code);

    public static RedemptionError NotActiveNow(string code) => Of("voucher_not_active_now", "voucher not active now", code);

    public static RedemptionError NotUnderstood(string code) => Of("invalid_voucher", "Invalid voucher", $"What {code} takes off is not understood: it has to be changed before it can be redeemed");

    public static RedemptionError NotPublished(string code) => Of("not_published", "Voucher is not published", $"Referral code {code} must be first published to Referrer");

    public static RedemptionError OwnReferralCode(string code) => Of("referrer_not_permitted_to_redeem", "voucher cannot be redeemed by referrer", code);

    public static RedemptionError MissingReward(string code) => Of("missing_reward", "Missing reward", $"{code} is a loyalty card: its points are spent on a reward");

    public static RedemptionError NotTheHolder(string code) => Of("invalid_customer", "Invalid customer", $"The points of {code} are spent by its holder, and by nobody else");

    public static RedemptionError OneCardAtOnce(string code) => Of("invalid_redeemables", "Invalid redeemables", $"A request has at most one loyalty card, and {code} is another");

    /// <summary>A reward that cannot be had.</summary>
    public static RedemptionError Of(RewardRefusal why) => new(why.Code, why.Key, why.Message, why.Details) { ResourceId = why.Resource?.Id, ResourceType = why.Resource?.Type };

    public static RedemptionError QuantityExceeded(string code) => Of("quantity_exceeded", "quantity exceeded", code);

    public static RedemptionError CreditsExceeded(string code) => Of("gift_amount_exceeded", "gift amount exceeded", code);

    public static RedemptionError MissingCustomer(string code) => Of("missing_customer", "Missing customer", code);

    public static RedemptionError MissingOrder(string code) => Of("missing_order", "Missing order", code);

    public static RedemptionError MissingOrderAmount(string code) =>
        Of("missing_order_amount", "Missing order amount", $"{code}: without an order, gift.credits says how many credits are spent");

    public static RedemptionError MissingItems(string code) =>
        Of("missing_order_items_amount", "Missing applicable order items", $"At least one applicable order item with amount is required to redeem {code}");

    public static RedemptionError InvalidOrder(string code, string why) => Of("invalid_order", "Invalid order", $"{code}: {why}");

    public static RedemptionError PromotionInactive(string id, string why) => Of("promotion_inactive", "Inactive Promotion", $"{id}: {why}");

    /// <summary>A rule does not hold.</summary>
    /// <param name="area"><c>customer</c>, <c>order</c> or <c>redemption</c>.</param>
    /// <param name="id">Of what it is assigned to.</param>
    /// <param name="message">What the shop wrote for it.</param>
    public static RedemptionError RuleViolated(string area, string id, string? message) => Of($"{area}_rules_violated", $"{area} does not match validation rules", id) with { ShopMessage = message };

    public static readonly RedemptionError MultipleRequests =
        Of("multiple_requests", "Multiple requests", "Another request changed the order or the redemption at the same time. Ask again");

    public static readonly RedemptionError InvalidRedemption =
        Of("invalid_redemption", "Invalid redemption", "You can rollback only a single redemption. Use different endpoint for stacked redemption.");

    public static readonly RedemptionError InvalidParent =
        Of("invalid_redemption_parent", "Invalid redemption parent", "You can rollback only a redemption that does not have parent redemption.");

    public static readonly RedemptionError NotSucceeded = Of("invalid_redemption", "Invalid redemption", "Only a redemption that succeeded can be rolled back.");

    public static readonly RedemptionError TooOld = Of("invalid_redemption", "Invalid redemption", "A redemption can be rolled back for three months.");

    public static readonly RedemptionError AlreadyRolledBack = Of("already_rolled_back", "Already rolled back", "Redemption has been already rolled back.");

    public static readonly RedemptionError OtherCustomer = Of("invalid_customer", "Invalid customer", "Customer is not related with redemption.");

    public static readonly RedemptionError OtherOrder = Of("invalid_order", "Invalid order", "Order is not related with redemption.");

    public static RedemptionError StackNotAlone(string id) => Of("invalid_redeemables", "Invalid redeemables", $"A promotion stack is the only redeemable of a request, and {id} is not");

    public static RedemptionError Duplicated(string id) => Of("duplicated_redeemables", "Duplicated redeemables", $"{id} is there more than once");

    public static RedemptionError TooMany(int most) => Of("invalid_redeemables", "Invalid redeemables", $"A request has at most {most} redeemables, those of promotion stacks included");

    /// <summary>A field of the request is no good.</summary>
    public static RedemptionError Field(FieldProblem problem) => Of("invalid_payload", "Invalid payload", $"Payload property '.{problem.Field.TrimStart('.')}' {problem.Message}");

    private static RedemptionError Of(string key, string message, string details) => new(400, key, message, details);
}
