using Marketing.Campaigns;
using Marketing.Json;
using Marketing.Vouchers;

namespace Marketing.Publications;

/// <summary>The objects of an event about codes that were given out.</summary>
internal static class PublicationEvent
{
    /// <param name="campaign">The campaign; null where there is none.</param>
    /// <param name="voucher">The voucher; null for several.</param>
    public static RawJson ObjectsOf(CampaignEntry? campaign, VoucherView? voucher) => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        json.WritePropertyName("campaign"u8);
        CampaignShape.WriteBrief(campaign, json);

        json.WritePropertyName("voucher"u8);
        VoucherShape.Write(voucher, json);

        json.WriteEndObject();
    });
}
