using Marketing.Http;
using Marketing.Promotions;
using Marketing.ValidationRules;
using Marketing.Validity;

namespace Marketing.Campaigns;

/// <summary>Reads campaigns and what codes are worth.</summary>
internal static class CampaignReader
{
    private const int LongestCode = 200;
    private const int LongestCharset = 500;
    private const int MostTiers = 20;

    private static readonly TimeSpan LongestActivity = TimeSpan.FromDays(36_500);

    /// <summary>A new campaign.</summary>
    public static CampaignCommand Create(Payload body) => Change(body) with
    {
        Name = body.Line("name", TextLimits.Name) is { } name && name.Trim().Length > 0 ? name : throw body.Missing("name"),
        CampaignType = body.OneOf("campaign_type", "DISCOUNT_COUPONS", "GIFT_VOUCHERS", "PROMOTION", "LOYALTY_PROGRAM", "REFERRAL_PROGRAM"),
        VouchersCount = body.Integer("vouchers_count", 0, CampaignLimits.Codes) ?? 0,
        Active = body.Flag("active") ?? true,
        Voucher = Voucher(body.Object("voucher")),
        Content = PromotionReader.TiersOfCampaign(body),
        ValidationRules = body.Texts("validation_rules", ValidationRuleLimits.RulesOfObject, TextLimits.Id) ?? [],
    };

    /// <summary>What is to be different. <c>discount</c>, <c>gift</c> and <c>loyalty_card</c> stand beside the other fields here.</summary>
    public static CampaignCommand Change(Payload body)
    {
        _ = body.Duration("activity_duration_after_publishing", LongestActivity);
        var fields = new FieldsReader(body)
            .Text("description", TextLimits.Description)
            .Flag("join_once").Flag("auto_join").Flag("use_voucher_metadata_schema")
            .Line("activity_duration_after_publishing", TextLimits.Name)
            .Line("category", TextLimits.Name).Line("category_id", TextLimits.Id)
            .Validity()
            .Object("loyalty_tiers_expiration", TextLimits.Name * 8, TiersExpiration)
            .Object("referral_program", TextLimits.RawBytes, ReferralProgram);
        var worth = new FieldsReader(body).Worth();
        return new CampaignCommand
        {
            Type = body.OneOf("type", "AUTO_UPDATE", "STATIC", "STANDALONE"),
            Fields = fields.Fields,
            Voucher = body.Has("discount") || body.Has("gift") || body.Has("loyalty_card") ? worth.Fields : null,
            Metadata = body.RawObject("metadata"),
            UnsetMetadata = body.Texts("unset_metadata_fields", 1_000, TextLimits.Name) ?? [],
        };
    }

    /// <summary>Takes what a code is worth.</summary>
    public static FieldsReader Worth(this FieldsReader fields) => fields
        .Object("discount", TextLimits.RawBytes, Discount)
        .Object("gift", TextLimits.Name * 4, Gift)
        .Object("loyalty_card", TextLimits.Name * 4, LoyaltyCard);

    /// <summary>Takes how often a code may be redeemed.</summary>
    public static FieldsReader Redemption(this FieldsReader fields) =>
        fields.Object("redemption", TextLimits.Name * 4, static redemption => redemption.Integer("quantity", 1, 1_000_000_000));

    /// <summary>How codes look.</summary>
    public static RawJson? CodeConfig(Payload body)
    {
        if (body.Object("code_config") is not { } config)
        {
            return null;
        }

        _ = config.Integer("length", 1, LongestCode);
        _ = config.Integer("initial_count", 0, CampaignLimits.Codes);
        foreach (var name in (ReadOnlySpan<string>)["prefix", "postfix", "pattern"])
        {
            _ = config.Line(name, LongestCode);
        }

        return config.Line("charset", LongestCharset) is ""
            ? throw config.Refuse(".charset", "must NOT have fewer than 1 characters")
            : body.RawObject("code_config");
    }

    private static RawJson? Voucher(Payload? given)
    {
        if (given is not { } voucher)
        {
            return null;
        }

        _ = CodeConfig(voucher);
        return new FieldsReader(voucher)
            .OneOf("type", "DISCOUNT_VOUCHER", "GIFT_VOUCHER", "LOYALTY_CARD")
            .Worth().Redemption()
            .Flag("is_referral_code")
            .Object("code_config", TextLimits.RawBytes)
            .Fields;
    }

    /// <summary>What a loyalty card begins with, and when its points expire.</summary>
    private static void LoyaltyCard(Payload card)
    {
        _ = card.Integer("points", 0, 1_000_000_000_000) ?? throw card.Missing("points");
        if (card.Object("expiration_rules") is { } rules)
        {
            _ = rules.OneOf("period_type", "MONTH", "FIXED_DAY_OF_YEAR") ?? throw rules.Missing("period_type");
            _ = rules.OneOf("rounding_type", "END_OF_MONTH", "END_OF_QUARTER", "END_OF_HALF_YEAR", "END_OF_YEAR", "PARTICULAR_MONTH");
        }
    }

    private static void TiersExpiration(Payload settings)
    {
        _ = settings.OneOf("qualification_type", "BALANCE", "POINTS_IN_PERIOD") ?? throw settings.Missing("qualification_type");
        _ = settings.OneOf("qualification_period", "MONTH", "QUARTER", "HALF_YEAR", "YEAR");
        _ = settings.Object("start_date")?.OneOf("type", "IMMEDIATE", "NEXT_PERIOD");
        if (settings.Object("expiration_date") is { } expiration)
        {
            _ = expiration.OneOf("type", "END_OF_PERIOD", "END_OF_NEXT_PERIOD", "BALANCE_DROP", "CUSTOM");
            _ = expiration.Line("extend", TextLimits.Name);
            if (expiration.Object("rounding") is { } rounding)
            {
                _ = rounding.OneOf("type", "MONTH", "QUARTER", "HALF_YEAR", "YEAR", "CUSTOM");
                _ = rounding.OneOf("strategy", "START", "END");
                _ = rounding.OneOf("unit", "MONTH");
                _ = rounding.Integer("value", 1, 12);
            }
        }
    }

    // What does not go together is said by the campaign.
    private static void ReferralProgram(Payload program)
    {
        _ = program.OneOf("conversion_event_type", "redemption", "custom_event");
        if (program.Object("custom_event") is { } happened)
        {
            _ = happened.Line("id", TextLimits.Id);
            _ = happened.Line("name", TextLimits.Name);
        }

        if (program.Object("referee_reward") is { } reward)
        {
            Reward(reward);
        }

        foreach (var item in program.List("referral_tiers", MostTiers) ?? [])
        {
            var tier = item.AsObject();
            _ = tier.Line("id", TextLimits.Id);
            _ = tier.Line("banner", TextLimits.Name);
            if (tier.Object("conversions") is { } conversions)
            {
                _ = conversions.OneOf("type", "EACH", "AT_LEAST") ?? throw conversions.Missing("type");
                _ = conversions.Integer("count", 1, 1_000_000);
            }

            Reward(tier.RequiredObject("reward"));
        }
    }

    private static void Reward(Payload reward)
    {
        _ = reward.OneOf("type", "DISCOUNT_VOUCHER", "GIFT_VOUCHER", "LOYALTY_CARD") ?? throw reward.Missing("type");
        _ = reward.Integer("amount", 1, 1_000_000_000_000);
        var parent = reward.RequiredObject("related_object_parent");
        _ = parent.Line("id", TextLimits.Id);
        _ = parent.Line("name", TextLimits.Name);
        _ = parent.OneOf("object", "CAMPAIGN");
    }

    private static void Discount(Payload discount) => _ = discount.OneOf("type", "AMOUNT", "PERCENT", "UNIT", "FIXED") ?? throw discount.Missing("type");

    private static void Gift(Payload gift)
    {
        _ = gift.Integer("amount", 0, 1_000_000_000_000) ?? throw gift.Missing("amount");
        _ = gift.OneOf("effect", "APPLY_TO_ORDER", "APPLY_TO_ITEMS");
    }
}
