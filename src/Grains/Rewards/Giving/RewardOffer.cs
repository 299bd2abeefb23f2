using Marketing.Campaigns;
using Marketing.Loyalties;
using Marketing.Products;
using Marketing.Vouchers;

namespace Marketing.Rewards;

/// <summary>What giving a reward to a customer would come to, read once.</summary>
/// <param name="Reward">The reward.</param>
internal sealed record RewardOffer(RewardEntry Reward)
{
    /// <summary>Why it cannot be given; null where it can.</summary>
    public RewardRefusal? WhyNot { get; init; }

    /// <summary>Of a CAMPAIGN reward, what is given of.</summary>
    public CampaignEntry? Campaign { get; init; }

    /// <summary>The customer's gift card that credits are added to; null where a new code is given.</summary>
    public VoucherView? Card { get; init; }

    /// <summary>The customer's loyalty card that points are added to; null where a new code is given.</summary>
    public MemberBook? Member { get; init; }

    public ProductRow? Product { get; init; }

    public SkuRow? Sku { get; init; }

    /// <summary>Whether a code is published with it.</summary>
    public bool TakesCode => Campaign is not null && Card is null && Member is null;
}

/// <summary>Why a reward cannot be had, in the words of the product.</summary>
/// <param name="Code">HTTP status.</param>
/// <param name="Key">For programs.</param>
/// <param name="Message">For people.</param>
/// <param name="Details">What it is about.</param>
internal sealed record RewardRefusal(int Code, string Key, string Message, string Details)
{
    /// <summary>The object that is missing.</summary>
    public (string Type, string Id)? Resource { get; init; }

    public static RewardRefusal NotFound(string type, string id) => new(404, "not_found", "Resource not found", $"Cannot find {type} with id {id}") { Resource = (type, id) };

    public static RewardRefusal NotPublished(string code) => new(400, "not_published", "Not published", $"Nobody holds the card {code}: it has to be published to a customer before its points are spent");

    public static RewardRefusal PointsExceeded(string code) => new(400, "loyalty_card_points_exceeded", "loyalty card points exceeded", code);

    public static RewardRefusal NoneLeft(RewardEntry reward) => new(400, "quantity_exceeded", "quantity exceeded", $"None of the reward {reward.Id} is left");

    public static RewardRefusal NoCode(CampaignEntry campaign) =>
        new(400, "no_voucher_suitable_for_publication", "Couldn't find any voucher suitable for publication", $"Campaign '{campaign.Name}' has no code that is not given out");

    public static RewardRefusal Inactive(CampaignEntry campaign) => new(400, "campaign_inactive", "Campaign is inactive", $"Campaign '{campaign.Name}' is disabled");

    public static RewardRefusal JoinedAlready(CampaignEntry campaign) =>
        new(400, "voucher_cannot_be_published", "Voucher cannot be published", $"The customer has a code of campaign '{campaign.Name}' already, and it gives one to each");

    public static RewardRefusal CardFull(string code) => new(400, "invalid_amount", "Invalid Amount", $"The card {code} cannot hold so much");
}
