using System.Text.Json;
using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Shapes;
using Marketing.ValidationRules;
using Marketing.Validity;
using static Marketing.Shapes.Fields;

namespace Marketing.Promotions;

/// <summary>What tiers and stacks consist of in the wire format.</summary>
internal static class PromotionShape
{
    /// <summary>The type of tiers, as rules are assigned to it and as errors name it.</summary>
    public const string Tier = "promotion_tier";

    /// <summary>The type of stacks.</summary>
    public const string Stack = "promotion_stack";

    /// <summary>The tier as messages know it.</summary>
    public static readonly Shape Described = new(Tier, "The promotion tier")
    {
        Fields = [Text("id"), Text("name"), Text("banner"), .. Numbers("hierarchy"), Text("campaign_id"), Date("start_date"), Date("expiration_date"), Keys("metadata", "The shop's own attributes of the tier"), Kind(Tier)],
        Example = static (_, _) => ActivityData.Write(json =>
        {
            json.WriteStartObject(Tier);
            json.WriteString("id"u8, "promo_example"u8);
            json.WriteString("name"u8, "Example"u8);
            json.WriteString("object"u8, Tier);
            json.WriteEndObject();
        }),
    };

    /// <summary>The whole tier.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="catalogue">What its campaign, its categories and its rules are read from.</param>
    /// <param name="json">Where to.</param>
    /// <param name="totals">Its figures; without them there is no <c>summary</c>.</param>
    public static void WriteTier(PromotionTierEntry tier, CatalogueSnapshot catalogue, Utf8JsonWriter json, PromotionTotals? totals = null)
    {
        var campaign = catalogue.Section<CampaignSection>().Find(tier.CampaignNumber);
        json.WriteStartObject();
        json.WriteString("id"u8, tier.Id);
        json.WriteString("created_at"u8, WireJson.Text(tier.Row.CreatedAt));
        if (tier.Row.UpdatedAt is { } updated)
        {
            json.WriteString("updated_at"u8, WireJson.Text(updated));
        }

        json.WriteString("name"u8, tier.Name);
        Copy(json, tier.Fields, "banner");
        Copy(json, tier.Fields, "action");
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(tier.Metadata.Utf8.Span, skipInputValidation: true);
        json.WriteNumber("hierarchy"u8, tier.Hierarchy);
        if (campaign is not null)
        {
            json.WriteString("promotion_id"u8, campaign.Id);
            WriteCampaign(json, campaign);
            json.WriteString("campaign_id"u8, campaign.Id);
        }

        json.WriteBoolean("active"u8, tier.IsActive);
        CopyDates(json, tier.Fields);
        if (totals is { } figures)
        {
            WriteSummary(json, figures);
        }

        json.WriteString("object"u8, Tier);
        RuleAssignmentShape.WriteList(catalogue.ValidationRules.AssignmentsOf(Tier, tier.Id), json, "validation_rule_assignments");
        WriteCategory(json, catalogue, tier.CategoryIds, isAlwaysNamed: false);
        json.WriteEndObject();
    }

    /// <summary>The stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="catalogue">What its campaign and its categories are read from.</param>
    /// <param name="json">Where to.</param>
    /// <param name="changes">Whether somebody changes it, who is told when that was, also where there was nothing to change.</param>
    public static void WriteStack(PromotionStackEntry stack, CatalogueSnapshot catalogue, Utf8JsonWriter json, bool changes = false)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, stack.Id);
        json.WriteString("name"u8, stack.Name);
        json.WriteString("created_at"u8, WireJson.Text(stack.Row.CreatedAt));
        if ((stack.Row.UpdatedAt ?? (changes ? stack.Row.CreatedAt : null)) is { } updated)
        {
            json.WriteString("updated_at"u8, WireJson.Text(updated));
        }

        json.WriteString("campaign_id"u8, catalogue.Section<CampaignSection>().Find(stack.CampaignNumber)?.Id);
        json.WriteString("object"u8, Stack);
        json.WriteStartObject("tiers"u8);
        json.WriteStartArray("ids"u8);
        foreach (var tier in stack.TierIds)
        {
            json.WriteStringValue(tier);
        }

        json.WriteEndArray();
        json.WriteString("hierarchy_mode"u8, "MANUAL"u8);
        json.WriteEndObject();
        WriteCategory(json, catalogue, stack.CategoryIds, isAlwaysNamed: true);
        json.WriteEndObject();
    }

    // One that was deleted is none any more.
    private static void WriteCategory(Utf8JsonWriter json, CatalogueSnapshot catalogue, IReadOnlyList<string> ids, bool isAlwaysNamed)
    {
        var category = catalogue.Section<CategorySection>().Find(ids is [var first, ..] ? first : null);
        if (category is not null || isAlwaysNamed)
        {
            json.WriteString("category_id"u8, category?.Id);
        }

        CategoryShape.WriteList(category, json);
    }

    private static void WriteCampaign(Utf8JsonWriter json, CampaignEntry campaign)
    {
        json.WriteStartObject("campaign"u8);
        json.WriteString("id"u8, campaign.Id);
        var fields = campaign.Row.Fields.ToElement();
        CopyDates(json, fields);
        json.WriteBoolean("active"u8, campaign.Row.IsActive);
        Copy(json, fields, "category_id");
        json.WriteString("object"u8, "campaign"u8);
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, PromotionTotals totals)
    {
        json.WriteStartObject("summary"u8);
        json.WriteStartObject("redemptions"u8);
        json.WriteNumber("total_redeemed"u8, totals.Redeemed);
        json.WriteEndObject();
        json.WriteStartObject("orders"u8);
        json.WriteNumber("total_amount"u8, totals.OrderAmount);
        json.WriteNumber("total_discount_amount"u8, totals.DiscountAmount);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void CopyDates(Utf8JsonWriter json, JsonElement from)
    {
        foreach (var name in ValidityPeriod.Fields)
        {
            Copy(json, from, name);
        }
    }

    private static void Copy(Utf8JsonWriter json, JsonElement from, string name)
    {
        if (from.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }
}
