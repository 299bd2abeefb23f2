using System.Text.Json;
using Marketing.Json;

namespace Marketing.Loyalties;

/// <summary>Tiers and earning rules in the wire format.</summary>
internal static class LoyaltyTierJson
{
    /// <param name="tier">The tier; null for one that is not there any more.</param>
    /// <param name="campaignId">Of the programme.</param>
    /// <param name="json">Where to.</param>
    /// <param name="standing">Of a member: since when and until when.</param>
    public static void Write(LoyaltyTierEntry? tier, string campaignId, Utf8JsonWriter json, (string CustomerId, TierStanding Standing)? standing = null)
    {
        if (tier is null)
        {
            json.WriteNullValue();
            return;
        }

        var row = tier.Row;
        json.WriteStartObject();
        json.WriteString("id"u8, row.Id);
        json.WriteString("name"u8, row.Name);
        json.WriteString("campaign_id"u8, campaignId);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(row.Metadata.Utf8.Span, skipInputValidation: true);
        json.WriteString("created_at"u8, WireJson.Text(row.CreatedAt));
        if (row.UpdatedAt is { } updated)
        {
            json.WriteString("updated_at"u8, WireJson.Text(updated));
        }

        Copy(tier, "earning_rules", json);
        Copy(tier, "rewards", json);
        json.WriteStartObject("config"u8);
        Copy(tier, "points", json);
        json.WriteEndObject();
        Copy(tier, "points", json);
        if (standing is { } of)
        {
            json.WriteStartObject("expiration"u8);
            json.WriteString("customer_id"u8, of.CustomerId);
            json.WriteString("campaign_id"u8, campaignId);
            json.WriteString("tier_id"u8, row.Id);
            json.WriteString("start_date"u8, LoyaltyJson.Day(of.Standing.Starts));
            json.WriteString("expiration_date"u8, of.Standing.Ends is { } ends ? LoyaltyJson.Day(ends) : null);
            json.WriteString("created_at"u8, WireJson.Text(of.Standing.CreatedAt));
            json.WriteString("updated_at"u8, of.Standing.UpdatedAt is { } prolonged ? WireJson.Text(prolonged) : null);
            json.WriteEndObject();
        }

        json.WriteString("object"u8, "loyalty_tier"u8);
        json.WriteEndObject();
    }

    /// <summary>A tier or a rule by its id; null where there is none.</summary>
    public static RawJson? Show(LoyaltySection section, string id, string campaignId) => section.FindTier(id) is { } tier ? WrittenJson.Of(json => Write(tier, campaignId, json))
        : section.Rules.FirstOrDefault(rule => rule.Id == id) is { } found ? WrittenJson.Of(json => WriteRule(found, campaignId, json))
        : null;

    /// <summary>An earning rule.</summary>
    public static void WriteRule(EarningRuleEntry? rule, string campaignId, Utf8JsonWriter json)
    {
        if (rule is null)
        {
            json.WriteNullValue();
            return;
        }

        var row = rule.Row;
        json.WriteStartObject();
        json.WriteString("id"u8, row.Id);
        json.WriteString("created_at"u8, WireJson.Text(row.CreatedAt));
        json.WriteString("updated_at"u8, row.UpdatedAt is { } updated ? WireJson.Text(updated) : null);
        json.WriteString("validation_rule_id"u8, rule.RuleId);
        json.WriteString("event"u8, row.Event);
        foreach (var name in (ReadOnlySpan<string>)["loyalty", "custom_event", "segment", "loyalty_tier", "pending_points", "expiration_rules", "start_date", "expiration_date", "validity_timeframe", "validity_day_of_week", "validity_hours"])
        {
            if (rule.Fields.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        }

        json.WriteStartObject("source"u8);
        json.WriteString("banner"u8, rule.Banner);
        json.WriteString("object_id"u8, campaignId);
        json.WriteString("object_type"u8, "campaign"u8);
        json.WriteEndObject();
        json.WriteBoolean("active"u8, row.IsActive);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(row.Metadata.Utf8.Span, skipInputValidation: true);
        json.WriteString("object"u8, "earning_rule"u8);
        json.WriteEndObject();
    }

    private static void Copy(LoyaltyTierEntry tier, string name, Utf8JsonWriter json)
    {
        json.WritePropertyName(name);
        if (LoyaltyJson.Child(tier.Fields, name) is { ValueKind: JsonValueKind.Object } value)
        {
            value.WriteTo(json);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
    }
}
