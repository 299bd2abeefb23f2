using System.Text.Json;
using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>The objects of an event about a redemption.</summary>
internal static class RedemptionEvents
{
    /// <param name="catalogue">The project's.</param>
    /// <param name="row">The redemption.</param>
    /// <param name="document">What is stored of it.</param>
    /// <param name="redeemable">What was redeemed; after it, where it was.</param>
    /// <param name="order">The order as it is with it; null for none.</param>
    public static RawJson DataOf(CatalogueSnapshot catalogue, RedemptionRow row, RedemptionDocument document, CaseRedeemable redeemable, RawJson? order) =>
        DataOf(catalogue, row.Status == RedemptionStatus.Succeeded ? redeemable.After(-(document.Credits ?? 0)) : redeemable.Voucher, row, document, order, rollback: null);

    /// <summary>The same of one that is taken back.</summary>
    public static RawJson DataOf(
        CatalogueSnapshot catalogue, VoucherView? voucher, RedemptionRow row, RedemptionDocument document, RawJson? order, (RedemptionRow Row, RedemptionDocument Document)? rollback) =>
        new(ActivityData.Write(json =>
        {
            json.WritePropertyName("order"u8);
            Raw(json, order);
            json.WritePropertyName("campaign"u8);
            CampaignShape.WriteBrief(catalogue.Section<CampaignSection>().Find(row.Campaign), json);

            json.WritePropertyName("voucher"u8);
            VoucherShape.Write(voucher, json);

            RedemptionShape.WriteTier(catalogue, document, json);
            json.WriteNull("promotion_stack"u8);
            json.WritePropertyName("redemption"u8);
            RedemptionShape.WriteBare(row, document, json);
            if (rollback is { } taken)
            {
                json.WritePropertyName("redemption_rollback"u8);
                RedemptionShape.WriteBare(taken.Row, taken.Document, json);
            }
        }));

    private static void Raw(Utf8JsonWriter json, RawJson? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
        }
    }
}
