using System.Globalization;
using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Carts;
using Marketing.Categories;
using Marketing.Discounts;
using Marketing.Json;
using Marketing.Promotions;
using Marketing.Redemptions;
using Marketing.ValidationRules;

namespace Marketing.Qualifications;

/// <summary>The answer to a qualification.</summary>
internal static class QualificationJson
{
    /// <summary>The answer.</summary>
    /// <param name="page">What applies.</param>
    /// <param name="given">What was decided by.</param>
    /// <param name="query">What was wanted.</param>
    public static RawJson Write(QualificationPage page, RedemptionCase given, QualificationQuery query) => WrittenJson.Of(
        json =>
        {
            var order = ValidationJson.OrderOf(given.Order);
            json.WriteStartObject();
            json.WriteStartObject("redeemables"u8);
            json.WriteString("object"u8, "list"u8);
            json.WriteString("data_ref"u8, "data"u8);
            json.WriteStartArray("data"u8);
            foreach (var one in page.Items)
            {
                Write(one, order, json);
            }

            json.WriteEndArray();
            json.WriteNumber("total"u8, page.Items.Count);
            json.WriteBoolean("has_more"u8, page.Next is not null);
            if (page.Next is { } place)
            {
                json.WriteString("more_starting_after"u8, new DateTime(place, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();
            if (query.Request.TrackingId is { } tracking)
            {
                json.WriteString("tracking_id"u8, tracking);
            }

            if (order.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName("order"u8);
                CartWriter.Write(json, order, given.Cart.Settled());
            }

            json.WriteStartObject("stacking_rules"u8);
            StackingRulesWriter.WriteFields(json, given.Stacking);
            json.WriteEndObject();
            json.WriteEndObject();
        },
        4_096);

    private static void Write(Qualification one, JsonElement order, Utf8JsonWriter json)
    {
        if (one.Candidate.Stack is { } stack)
        {
            WriteStack(one, stack, order, json);
        }
        else
        {
            WriteOne(one.Decided.Redeemables[0], one.Candidate.CreatedAt, one.Decided.Case, order, json);
        }
    }

    private static void WriteOne(DecidedRedeemable one, DateTimeOffset createdAt, RedemptionCase given, JsonElement order, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, one.Redeemable.Reference);
        json.WriteString("object"u8, one.Redeemable.Type);
        json.WriteString("created_at"u8, WireJson.Text(createdAt));
        RedeemableJson.WriteFields(one, given, order, json);
        RuleAssignmentShape.WriteList(AssignmentsOf(one.Redeemable, given), json);
        json.WriteEndObject();
    }

    private static void WriteStack(Qualification one, PromotionStackEntry stack, JsonElement order, Utf8JsonWriter json)
    {
        var given = one.Decided.Case;
        json.WriteStartObject();
        json.WriteString("id"u8, stack.Id);
        json.WriteString("object"u8, PromotionShape.Stack);
        json.WriteString("created_at"u8, WireJson.Text(one.Candidate.CreatedAt));
        if (order.ValueKind == JsonValueKind.Object)
        {
            json.WritePropertyName("order"u8);
            CartWriter.Write(json, order, one.Decided.After);
        }

        json.WriteString("name"u8, stack.Name);
        CategoryShape.WriteList(stack.CategoryIds is [var category, ..] ? given.Catalogue.Section<CategorySection>().Find(category) : null, json);
        if (one.Candidate.First.Campaign is { } campaign)
        {
            json.WriteString("campaign_name"u8, campaign.Name);
            json.WriteString("campaign_id"u8, campaign.Id);
        }

        json.WriteStartArray("redeemables"u8);
        foreach (var tier in one.Decided.Applied)
        {
            WriteOne(tier, tier.Redeemable.Tier!.Row.CreatedAt, given, order, json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // What it is bound by in all: its own rules, and those of its campaign.
    private static IReadOnlyList<RuleAssignment> AssignmentsOf(CaseRedeemable redeemable, RedemptionCase given)
    {
        var rules = given.Catalogue.ValidationRules;
        IReadOnlyList<RuleAssignment> own = redeemable.Type == CampaignRuleTarget.Kind ? [] : rules.AssignmentsOf(redeemable.Type, redeemable.Id);
        return redeemable.Campaign is { } campaign ? [.. own, .. rules.AssignmentsOf(CampaignRuleTarget.Kind, campaign.Id)] : own;
    }
}
