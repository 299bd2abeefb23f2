using System.Text.Json;
using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Json;
using Marketing.Shapes;
using Marketing.ValidationRules;
using static Marketing.Shapes.Fields;

namespace Marketing.Campaigns;

/// <summary>What a campaign consists of in the wire format.</summary>
internal static class CampaignShape
{
    public static readonly Shape Campaign = new("campaign", "The campaign of the code or the promotion")
    {
        Fields = [Text("id"), Text("name"), Text("campaign_type"), Text("type"), Keys("metadata", "The shop's own attributes of the campaign"), Kind("campaign")],
        Example = static (chosen, _) => ActivityData.Write(json =>
        {
            json.WriteStartObject("campaign"u8);
            json.WriteString("id"u8, chosen ?? "camp_example");
            json.WriteString("name"u8, "Example"u8);
            json.WriteString("object"u8, "campaign"u8);
            json.WriteEndObject();
        }),
    };

    private static readonly string[] Shown =
    [
        "validity_timeframe", "validity_day_of_week", "validity_hours", "activity_duration_after_publishing", "start_date", "expiration_date", "loyalty_tiers_expiration", "referral_program",
    ];

    /// <param name="catalogue">The project's, for what the campaign is in and bound by.</param>
    /// <param name="row">The campaign.</param>
    /// <param name="count">How many codes it has.</param>
    /// <param name="generated">How many of those that were asked for are made.</param>
    /// <param name="warning">What its author ought to know; null when there is nothing.</param>
    /// <param name="withCategories">Whether its category is written as a whole.</param>
    public static RawJson Write(CatalogueSnapshot catalogue, CampaignRow row, long count, long generated, string? warning = null, bool withCategories = true) => WrittenJson.Of(
        json =>
        {
            var fields = row.Fields.ToElement();
            json.WriteStartObject();
            json.WriteString("id"u8, row.Id);
            json.WriteString("name"u8, row.Name);
            Copy(json, fields, "description");
            json.WriteString("campaign_type"u8, row.CampaignType);
            json.WriteString("type"u8, row.Type);
            WriteVoucher(json, row.Terms.ToElement(), row.CampaignType == CampaignTypes.Referral);
            json.WriteBoolean("auto_join"u8, IsTrue(fields, "auto_join"));
            json.WriteBoolean("join_once"u8, row.JoinsOnce);
            json.WriteBoolean("use_voucher_metadata_schema"u8, IsTrue(fields, "use_voucher_metadata_schema"));
            foreach (var name in Shown)
            {
                Copy(json, fields, name);
            }

            var category = catalogue.Section<CategorySection>().Find(CategoryChoice.IdOf(fields));
            if (category is not null)
            {
                json.WriteString("category"u8, category.Name);
            }

            json.WriteString("category_id"u8, category?.Id);
            json.WriteNumber("vouchers_count"u8, count);
            json.WriteBoolean("active"u8, row.IsActive);
            json.WritePropertyName("metadata"u8);
            json.WriteRawValue(row.Metadata.Utf8.Span, skipInputValidation: true);
            json.WriteString("created_at"u8, WireJson.Text(row.CreatedAt));
            if (row.UpdatedAt is { } updated)
            {
                json.WriteString("updated_at"u8, WireJson.Text(updated));
            }

            var status = StatusOf(row, generated);
            json.WriteString("creation_status"u8, status);
            json.WriteString("vouchers_generation_status"u8, status);
            json.WriteBoolean("readonly"u8, false);
            json.WriteBoolean("protected"u8, false);
            CategoryShape.WriteList(withCategories ? category : null, json);
            RuleAssignmentShape.WriteList(catalogue.ValidationRules.AssignmentsOf(CampaignRuleTarget.Kind, row.Id), json);
            if (warning is not null)
            {
                json.WriteStartArray("warnings"u8);
                json.WriteStringValue(warning);
                json.WriteEndArray();
            }

            json.WriteString("object"u8, "campaign");
            json.WriteEndObject();
        },
        1_024);

    /// <summary>How far the codes are that were asked for.</summary>
    public static string StatusOf(CampaignRow row, long generated) => row.IsShort ? "FAILED" : generated < row.Wanted ? "IN_PROGRESS" : "DONE";

    /// <summary>As it stands in events.</summary>
    public static void WriteBrief(CampaignEntry? campaign, Utf8JsonWriter json)
    {
        if (campaign is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("id"u8, campaign.Id);
        json.WriteString("name"u8, campaign.Name);
        json.WriteString("campaign_type"u8, campaign.Row.CampaignType);
        json.WriteString("type"u8, campaign.Row.Type);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(campaign.Row.Metadata.Utf8.Span, skipInputValidation: true);
        json.WriteString("object"u8, "campaign"u8);
        json.WriteEndObject();
    }

    private static void WriteVoucher(Utf8JsonWriter json, JsonElement terms, bool isReferral)
    {
        if (!terms.TryGetProperty("type", out _))
        {
            return;
        }

        json.WriteStartObject("voucher"u8);
        foreach (var field in terms.EnumerateObject().Where(static field => field.Name is not ("redemption" or "code_config" or "is_referral_code")))
        {
            field.WriteTo(json);
        }

        json.WriteStartObject("redemption"u8);
        if (VoucherQuantity(terms, isGift: terms.TryGetProperty("gift", out _) || terms.TryGetProperty("loyalty_card", out _)) is { } quantity)
        {
            json.WriteNumber("quantity"u8, quantity);
        }
        else
        {
            json.WriteNull("quantity"u8);
        }

        json.WriteEndObject();
        WriteCodes(json, terms.TryGetProperty("code_config", out var config) && config.ValueKind == JsonValueKind.Object ? config : default);
        json.WriteBoolean("is_referral_code"u8, isReferral);
        json.WriteEndObject();
    }

    /// <summary>How often a code may be redeemed: where nothing is said once, but a gift card until it is empty; without a limit where null is.</summary>
    public static long? VoucherQuantity(JsonElement terms, bool isGift)
    {
        var quantity = terms.TryGetProperty("redemption", out var redemption) && redemption.ValueKind == JsonValueKind.Object && redemption.TryGetProperty("quantity", out var given) ? given : default;
        return quantity.ValueKind switch
        {
            JsonValueKind.Number => quantity.GetInt64(),
            JsonValueKind.Null => null,
            _ => isGift ? null : 1,
        };
    }

    // With what is meant where nothing is said.
    private static void WriteCodes(Utf8JsonWriter json, JsonElement config)
    {
        var codes = CodePattern.Of(config);
        json.WriteStartObject("code_config"u8);
        json.WriteNumber("length"u8, codes.Places);
        json.WriteString("charset"u8, codes.Charset);
        json.WriteString("pattern"u8, codes.Middle);
        foreach (var name in (string[])["prefix", "postfix", "initial_count"])
        {
            if (config.ValueKind == JsonValueKind.Object)
            {
                Copy(json, config, name);
            }
        }

        json.WriteEndObject();
    }

    private static bool IsTrue(JsonElement fields, string name) => fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static void Copy(Utf8JsonWriter json, JsonElement from, string name)
    {
        if (from.TryGetProperty(name, out var value))
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }
}
