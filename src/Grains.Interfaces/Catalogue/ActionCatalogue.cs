namespace Marketing.Catalogue;

/// <summary>Everything a distribution can give. A new action is one entry here and its implementation.</summary>
public static class ActionCatalogue
{
    /// <summary>A message without an incentive.</summary>
    public const string PlainMessage = "plain_message";

    /// <summary>Details of a promotion tier.</summary>
    public const string NotifyPromotion = "notify_promotion";

    /// <summary>A unique code of a campaign, published to the customer.</summary>
    public const string PublishCodes = "publish_codes";

    /// <summary>The code that was just published.</summary>
    public const string PublishedCode = "published_code";

    /// <summary>How many credits a gift card got.</summary>
    public const string GiftCredits = "gift_credits";

    /// <summary>How many points a loyalty card got.</summary>
    public const string LoyaltyPoints = "loyalty_points";

    /// <summary>The reward that was redeemed.</summary>
    public const string RewardDetails = "reward_details";

    /// <summary>A message about what happened.</summary>
    public const string Message = "message";

    /// <summary>All actions.</summary>
    public static IReadOnlyList<ActionDescriptor> All { get; } =
    [
        new(PlainMessage, "Send plain message to customers", []),
        new(NotifyPromotion, "Notify customers about promotion", ["campaign", "promotion_tier"]),
        new(PublishCodes, "Send and publish unique codes from campaign", ["voucher", "campaign", "publication"]),
        new(PublishedCode, "Promotion code from campaign", []),
        new(GiftCredits, "Message with amount of received credits", []),
        new(LoyaltyPoints, "Message with amount of received points", []),
        new(RewardDetails, "Customer will get a message with reward details", []),
        new(Message, "Customer will get a message", []),
    ];

    /// <summary>The entry of this type, or null.</summary>
    public static ActionDescriptor? Find(string? type) => All.FirstOrDefault(action => action.Type == type);
}

/// <summary>One action.</summary>
/// <param name="Type">The name in drafts.</param>
/// <param name="Label">What a builder calls it.</param>
/// <param name="Variables">Template variables it brings.</param>
public sealed record ActionDescriptor(string Type, string Label, IReadOnlyList<string> Variables);
