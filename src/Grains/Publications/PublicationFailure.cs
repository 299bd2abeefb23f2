using Marketing.Campaigns;
using Marketing.Vouchers;

namespace Marketing.Publications;

/// <summary>Why something could not be published.</summary>
/// <param name="Key">Its name on the wire.</param>
/// <param name="Message">In words, the same for all of a key.</param>
/// <param name="Details">What was the matter with this one.</param>
internal sealed record PublicationFailure(string Key, string Message, string Details)
{
    private const string NoneLeftKey = "no_voucher_suitable_for_publication";
    private const string AlreadyPublishedKey = "voucher_already_published";
    private const string VoucherDisabledKey = "voucher_disabled";
    private const string CampaignDisabledKey = "campaign_inactive";

    public PublicationResult Result => new PublicationResult.Failed(Key, Message, Details);

    public static PublicationFailure NoneLeft(CampaignEntry campaign, int count) =>
        Recorded(NoneLeftKey, count == 1 ? $"Campaign '{campaign.Name}' has no code that is not given out" : $"Campaign '{campaign.Name}' has fewer than {count} codes that are not given out");

    public static PublicationFailure AlreadyPublished(VoucherRow voucher) => Recorded(AlreadyPublishedKey, $"Voucher '{voucher.Id}' has already been published");

    public static PublicationFailure VoucherDisabled(VoucherRow voucher) => Recorded(VoucherDisabledKey, $"Voucher '{voucher.Code}' is disabled");

    public static PublicationFailure CampaignDisabled(CampaignEntry campaign) => Recorded(CampaignDisabledKey, $"Campaign '{campaign.Name}' is disabled");

    /// <summary>One that was recorded before.</summary>
    public static PublicationFailure Recorded(string key, string details) => new(
        key,
        key switch
        {
            NoneLeftKey => "Couldn't find any voucher suitable for publication",
            AlreadyPublishedKey => "Voucher already published",
            VoucherDisabledKey => "Voucher is disabled",
            _ => "Campaign is inactive",
        },
        details);
}
