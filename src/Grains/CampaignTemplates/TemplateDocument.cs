using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Campaigns;
using Marketing.Categories;
using Marketing.Promotions;
using Marketing.ValidationRules;

namespace Marketing.CampaignTemplates;

/// <summary>What a template keeps. Names are the stored format. Pure.</summary>
/// <param name="Type"><c>AUTO_UPDATE</c>, <c>STATIC</c> or <c>STANDALONE</c>; null for a promotion tier, which has none.</param>
/// <param name="Fields">Fields of the campaign in the wire format, without name, category and how many codes there are.</param>
/// <param name="Voucher">What codes are worth, in the wire format of a campaign's <c>voucher</c>.</param>
/// <param name="Metadata">The shop's own.</param>
/// <param name="Rules">The validation rules, each to be made anew.</param>
internal sealed record TemplateDocument(string? Type, RawJson Fields, RawJson Voucher, RawJson Metadata, IReadOnlyList<TemplateRule> Rules)
{
    // Of what a tier and a campaign both have.
    private static readonly string[] Times = ["start_date", "expiration_date", "validity_timeframe", "validity_day_of_week", "validity_hours"];

    public static TemplateDocument Of(CampaignRow campaign, IReadOnlyList<TemplateRule> rules)
    {
        var fields = Copy(campaign.Fields);
        fields.Remove(CategoryChoice.IdField);

        // What holds of dates stands in the terms too, which follow from the fields.
        var terms = campaign.Terms.ToElement();
        var voucher = new JsonObject();
        foreach (var part in terms.EnumerateObject().Where(static part => part.Name is "type" or "discount" or "gift" or "redemption" or "code_config"))
        {
            voucher[part.Name] = JsonNode.Parse(part.Value.GetRawText());
        }

        return new TemplateDocument(campaign.Type, Written(fields), Written(voucher), campaign.Metadata, rules);
    }

    public static TemplateDocument Of(PromotionTierEntry tier, IReadOnlyList<TemplateRule> rules)
    {
        var fields = new JsonObject();
        foreach (var name in Times)
        {
            if (tier.Fields.TryGetProperty(name, out var value))
            {
                fields[name] = JsonNode.Parse(value.GetRawText());
            }
        }

        var voucher = new JsonObject { ["type"] = "DISCOUNT_VOUCHER", ["discount"] = JsonNode.Parse(PromotionRules.DiscountOf(tier.Fields).GetRawText()) };
        return new TemplateDocument(null, Written(fields), Written(voucher), tier.Metadata, rules);
    }

    public static TemplateDocument Read(RawJson stored) => JsonSerializer.Deserialize<TemplateDocument>(stored.Utf8.Span, WireJson.Options)!;

    public RawJson Write() => new(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options));

    /// <summary>A campaign of it.</summary>
    /// <param name="campaignType">What it is.</param>
    /// <param name="given">What is to be different.</param>
    /// <param name="rules">Ids of its validation rules.</param>
    public CampaignCommand Campaign(string campaignType, CampaignCommand given, IReadOnlyList<string> rules) => given with
    {
        CampaignType = campaignType,
        Type = given.Type ?? Type,
        Fields = Over(Fields, given.Fields),
        Voucher = given.Voucher is { } own ? Over(Voucher, own) : Voucher,
        Metadata = given.Metadata ?? Metadata,
        ValidationRules = rules,
        Content = null,
    };

    /// <summary>A promotion tier of it.</summary>
    /// <param name="given">What is to be different.</param>
    /// <param name="rules">Ids of its validation rules.</param>
    public PromotionTierCommand Tier(PromotionTierCommand given, IReadOnlyList<string> rules)
    {
        var all = Copy(Fields);
        var fields = new JsonObject { ["action"] = new JsonObject { ["discount"] = Copy(Voucher)["discount"]?.DeepClone() } };
        foreach (var name in Times.Where(name => all[name] is not null))
        {
            fields[name] = all[name]!.DeepClone();
        }

        var own = Copy(given.Fields);
        own.Remove("action");
        return given with { Fields = Over(Written(fields), Written(own)), Metadata = given.Metadata ?? Metadata, ValidationRules = rules };
    }

    private static RawJson Over(RawJson template, RawJson given)
    {
        var fields = Copy(template);
        foreach (var (name, value) in Copy(given))
        {
            fields[name] = value?.DeepClone();
        }

        return Written(fields);
    }

    private static JsonObject Copy(RawJson fields) => JsonNode.Parse(fields.Utf8.Span)!.AsObject();

    private static RawJson Written(JsonObject fields) => new(JsonSerializer.SerializeToUtf8Bytes(fields, WireJson.Options));
}

/// <summary>A validation rule of a template. Names are the stored format.</summary>
internal sealed record TemplateRule(string Name, RawJson Rules, RawJson? BundleRules, RawJson? Error, RawJson ApplicableTo, string Type, string ContextType)
{
    public static TemplateRule Of(ValidationRule rule) => new(rule.Name, rule.Rules, rule.BundleRules, rule.Error, rule.ApplicableTo, rule.Type, rule.ContextType);

    public ValidationRuleChange Change => new()
    {
        Name = Name,
        Rules = Rules,
        BundleRules = BundleRules,
        Error = Error,
        ApplicableTo = ApplicableTo,
        Type = Type,
        ContextType = ContextType,
    };
}
