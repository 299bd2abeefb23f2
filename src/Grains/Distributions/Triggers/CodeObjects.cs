using Marketing.Campaigns;
using Marketing.Json;
using Marketing.Publications;
using Marketing.Vouchers;

namespace Marketing.Distributions.Triggers;

/// <summary>The objects that messages about one code show.</summary>
internal static class CodeObjects
{
    /// <param name="campaign">Whose code it is.</param>
    /// <param name="voucher">The code, with the pictures of it.</param>
    /// <param name="publication">How the customer got it; null where that is not known.</param>
    /// <param name="customerId">The customer.</param>
    public static ReadOnlyMemory<byte> Of(CampaignEntry campaign, VoucherView voucher, PublicationRow? publication, string customerId) => WrittenJson.Of(
        json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("campaign"u8);
            CampaignShape.WriteBrief(campaign, json);
            json.WritePropertyName("voucher"u8);
            VoucherShape.WriteForMessage(voucher with { HolderId = customerId }, json);
            json.WritePropertyName("publication"u8);
            if (publication is null)
            {
                json.WriteNullValue();
            }
            else
            {
                PublicationShape.WriteBare(publication, customerId, json);
            }

            json.WriteEndObject();
        },
        2_048).Utf8;
}
