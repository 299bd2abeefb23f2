using System.Text.Json;
using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Loyalties;
using Marketing.Rewards;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>Events about rewards that were redeemed, and those that were taken back.</summary>
internal static class RewardEvents
{
    public const string Rewarded = "customer.rewarded";
    public const string TakenBack = "customer.reward_redemptions.rolledback";

    /// <summary>What is raised when a reward was redeemed.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="row">The redemption.</param>
    /// <param name="document">What is stored of it.</param>
    /// <param name="card">The card, after it.</param>
    /// <param name="given">The code or card that is given; null for none.</param>
    /// <param name="order">The order as it is with it; null for none.</param>
    public static IEnumerable<RedemptionEvent> Redeemed(
        CatalogueSnapshot catalogue, RedemptionRow row, RedemptionDocument document, CaseRedeemable card, VoucherView? given, RawJson? order)
    {
        var reward = card.Reward!;
        var after = card.After(0);
        yield return new RedemptionEvent(TriggerCatalogue.RewardRedeemed, card.Campaign?.Id, new RawJson(ActivityData.Write(json =>
        {
            WriteObjects(catalogue, row, document, after, order, json);
            json.WritePropertyName("reward"u8);
            RedeemedRewardJson.Write(reward, given, forMessage: true, json);
            json.WritePropertyName("reward_assignment"u8);
            RewardJson.WriteAssignment(catalogue, reward.Assignment!, reward.IsCoin ? null : reward.Cost, json);
            WriteRewardRedemption(catalogue, row, document, "COMPLETED", json);
            json.WritePropertyName("membership"u8);
            MemberJson.WriteMembership(reward.Book!.State, reward.Book.Program, json);
        })));
        yield return new RedemptionEvent(Rewarded, card.Campaign?.Id, new RawJson(ActivityData.Write(json =>
        {
            WriteObjects(catalogue, row, document, after, order, json);
            json.WritePropertyName("reward"u8);
            RedeemedRewardJson.Write(reward, given, forMessage: false, json);
            json.WriteNull("referral_tier"u8);
            json.WriteNull("custom_event"u8);
            json.WriteNull("customer_event"u8);
        })));
    }

    /// <summary>What is raised when a reward was taken back.</summary>
    public static RedemptionEvent RolledBack(CatalogueSnapshot catalogue, VoucherView? card, RedemptionRow row, RedemptionDocument document, RawJson? order) =>
        new(TakenBack, document.CampaignId, new RawJson(ActivityData.Write(json =>
        {
            WriteObjects(catalogue, row, document, card, order, json);
            json.WritePropertyName("reward"u8);
            json.WriteRawValue(document.Reward!.Shown.Utf8.Span, skipInputValidation: true);
            json.WritePropertyName("reward_assignment"u8);
            if (catalogue.Section<RewardSection>().FindAssignment(document.Reward.Assignment) is { } assignment)
            {
                RewardJson.WriteAssignment(catalogue, assignment, null, json);
            }
            else
            {
                json.WriteNullValue();
            }

            WriteRewardRedemption(catalogue, row, document, "ROLLEDBACK", json);
        })));

    private static void WriteObjects(CatalogueSnapshot catalogue, RedemptionRow row, RedemptionDocument document, VoucherView? card, RawJson? order, Utf8JsonWriter json)
    {
        json.WritePropertyName("order"u8);
        if (order is null)
        {
            json.WriteNullValue();
        }
        else
        {
            json.WriteRawValue(order.Utf8.Span, skipInputValidation: true);
        }

        json.WritePropertyName("campaign"u8);
        CampaignShape.WriteBrief(catalogue.Section<CampaignSection>().Find(row.Campaign), json);
        json.WritePropertyName("voucher"u8);
        VoucherShape.Write(card, json);
        json.WritePropertyName("redemption"u8);
        RedemptionShape.WriteBare(row, document, json);
        json.WriteStartObject("balance"u8);
        json.WriteNumber("amount"u8, -(document.Points ?? 0));
        json.WriteNumber("points"u8, -(document.Points ?? 0));
        json.WriteEndObject();
    }

    // Points and reward change hands in one commit: what is redeemed is completed, and there is nothing before it.
    private static void WriteRewardRedemption(CatalogueSnapshot catalogue, RedemptionRow row, RedemptionDocument document, string state, Utf8JsonWriter json)
    {
        json.WriteStartObject("reward_redemption"u8);
        json.WriteString("id"u8, ObjectIds.FromSource("rewr_", catalogue.Project, row.Id));
        json.WriteString("state"u8, state);
        json.WriteString("created_at"u8, WireJson.Text(row.CreatedAt));
        json.WriteNull("updated_at"u8);
        json.WriteString("voucher_id"u8, document.ObjectId);
        json.WriteString("campaign_id"u8, document.CampaignId);
        json.WriteString("customer_id"u8, document.CustomerId);
        json.WriteString("reward_assignment_id"u8, document.Reward!.Assignment);
        json.WriteString("source_id"u8, row.Id);
        json.WriteString("source_type"u8, "redemption"u8);
        json.WriteEndObject();
        json.WriteStartObject("source"u8);
        json.WriteString("id"u8, row.Id);
        json.WriteString("type"u8, "redemption"u8);
        json.WriteEndObject();
    }
}
