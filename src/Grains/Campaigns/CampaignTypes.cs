using System.Diagnostics;

namespace Marketing.Campaigns;

/// <summary>What campaigns are, as the wire format names it.</summary>
internal static class CampaignTypes
{
    public const string Coupons = "DISCOUNT_COUPONS";
    public const string Gifts = "GIFT_VOUCHERS";
    public const string Promotion = "PROMOTION";
    public const string Loyalty = "LOYALTY_PROGRAM";
    public const string Referral = "REFERRAL_PROGRAM";

    public const string Static = "STATIC";
    public const string AutoUpdate = "AUTO_UPDATE";
    public const string Standalone = "STANDALONE";

    /// <summary>The type of the codes of a campaign, and the field that says what one is worth.</summary>
    public static (string Type, string Worth) VoucherOf(string campaignType) => campaignType switch
    {
        Coupons or Referral => ("DISCOUNT_VOUCHER", "discount"),
        Gifts => ("GIFT_VOUCHER", "gift"),
        Loyalty => ("LOYALTY_CARD", "loyalty_card"),
        _ => throw new UnreachableException(),
    };
}
