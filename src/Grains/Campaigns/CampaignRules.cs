using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Discounts;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Validity;

namespace Marketing.Campaigns;

/// <summary>How campaigns change. Pure.</summary>
internal static class CampaignRules
{
    /// <summary>The campaign after a command, or what does not go together.</summary>
    public static (CampaignRow? Row, CampaignResult.Invalid? Refusal) Apply(
        CampaignRow? present, string id, CampaignCommand command, FilterSettings calendar, DateTimeOffset now)
    {
        var fields = JsonNode.Parse((present?.Fields ?? RawJson.EmptyObject).Utf8.Span)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(command.Fields.Utf8.Span)!.AsObject())
        {
            fields[name] = value?.DeepClone();
        }

        DateBounds.Settle(fields, calendar);
        if (Problem(fields) is { } dates)
        {
            return (null, dates);
        }

        var voucher = Merged(present is null ? null : CampaignTerms.VoucherOf(present.Terms), command.Voucher);
        var type = present?.CampaignType ?? command.CampaignType ?? TypeOf(voucher);
        if (Problem(type, voucher, command, present) is { } problem)
        {
            return (null, problem);
        }

        if (type != CampaignTypes.Referral && fields["referral_program"] is not null)
        {
            return (null, new CampaignResult.Invalid("referral_program", $"Property 'referral_program' is not allowed for {type} campaign"));
        }

        var before = present ?? new CampaignRow(
            0, id, 0, command.Name, type!, command.Type ?? CampaignTypes.Static, command.Active, 1, 0, false, RawJson.EmptyObject, RawJson.EmptyObject, RawJson.EmptyObject, now, null);
        var metadata = command.Metadata is { } given ? JsonObjects.Merge(before.Metadata, given) : before.Metadata;
        var after = before with
        {
            Type = command.Type ?? before.Type,
            Fields = Same(before.Fields, fields),
            Terms = Same(before.Terms, TermsOf(voucher, fields)),
            Metadata = JsonObjects.Without(metadata, command.UnsetMetadata)!,
            Wanted = before.Wanted + command.VouchersCount,
        };
        if (after.Fields.Utf8.Length + after.Terms.Utf8.Length + after.Metadata.Utf8.Length > CampaignLimits.ObjectBytes)
        {
            return (null, new CampaignResult.Invalid("", $"The campaign must NOT become larger than {CampaignLimits.ObjectBytes} bytes"));
        }

        if (present is null || after == present)
        {
            return (after, null);
        }

        return (after with { UpdatedAt = now, Revision = after.Terms.Equals(present.Terms) ? present.Revision : present.Revision + 1 }, null);
    }

    /// <summary>What keeps a pattern from making so many codes that nobody has; null where it has room for ten times as many.</summary>
    public static CampaignResult.Invalid? RoomProblem(CodePattern pattern, long count, long present, bool caseSensitive)
    {
        var room = pattern.Room(caseSensitive);
        return room >= 10d * (count + present)
            ? null
            : new CampaignResult.Invalid(
                "code_config", $"The pattern has room for {room:0} codes, which is less than ten times the {count + present} that are wanted: most guesses of a stranger would hit. Use a longer one");
    }

    private static CampaignResult.Invalid? Problem(string? type, JsonObject? voucher, CampaignCommand command, CampaignRow? present)
    {
        if (type is null)
        {
            return new CampaignResult.Invalid("campaign_type", "Property 'campaign_type' is required where there is no voucher");
        }

        if (type == CampaignTypes.Promotion)
        {
            return voucher is null && command.VouchersCount == 0 ? null : new CampaignResult.Invalid("voucher", "Property 'voucher' is not allowed for PROMOTION campaign");
        }

        if (voucher is null)
        {
            return new CampaignResult.Invalid("voucher", $"Property 'voucher' is required for {type} campaign");
        }

        var (kind, worth) = CampaignTypes.VoucherOf(type);
        if (voucher["type"]?.GetValue<string>() is { } given && given != kind)
        {
            return new CampaignResult.Invalid("voucher.type", $"Property 'voucher.type' must be {kind} for {type} campaign");
        }

        voucher["type"] = kind;
        if (type == CampaignTypes.Referral && voucher["redemption"] is null)
        {
            // It is there for all whom its holder brings.
            voucher["redemption"] = new JsonObject { ["quantity"] = null };
        }

        if (voucher[worth] is null)
        {
            return new CampaignResult.Invalid($"voucher.{worth}", $"Property '{worth}' is required for {type} campaign");
        }

        if (command.Voucher is not null && DiscountReader.ProblemOf(JsonSerializer.SerializeToElement(voucher)) is { } off)
        {
            return new CampaignResult.Invalid($"voucher.{off.Field}", $"Property 'voucher.{off.Field}' {off.Message}");
        }

        var pattern = CodePattern.Of(voucher["code_config"]?.AsObject());
        return pattern.Problem is { } problem ? new CampaignResult.Invalid("voucher.code_config", problem)
            : type == CampaignTypes.Referral && command.Type == CampaignTypes.Standalone ? new CampaignResult.Invalid("type", "A REFERRAL_PROGRAM campaign is STATIC or AUTO_UPDATE: each referrer has a code")
            : type == CampaignTypes.Loyalty && command.Type == CampaignTypes.Standalone ? new CampaignResult.Invalid("type", "A LOYALTY_PROGRAM campaign is STATIC or AUTO_UPDATE: each member has a card")
            : command is { Type: CampaignTypes.Standalone, VouchersCount: > 1 } && present is null ? new CampaignResult.Invalid("vouchers_count", "A STANDALONE campaign has one code")
            : null;
    }

    private static CampaignResult.Invalid? Problem(JsonObject fields)
    {
        var period = ValidityPeriod.Read(JsonSerializer.SerializeToElement(fields));
        return period.End <= period.Start ? new CampaignResult.Invalid("expiration_date", "Property 'expiration_date' must be later than 'start_date'")
            : period is { Interval: not null, Start: null } ? new CampaignResult.Invalid("validity_timeframe", "Property 'validity_timeframe' needs a 'start_date' to count from")
            : null;
    }

    private static string? TypeOf(JsonObject? voucher) => voucher?["type"]?.GetValue<string>() switch
    {
        "GIFT_VOUCHER" => CampaignTypes.Gifts,
        "DISCOUNT_VOUCHER" => IsReferral(voucher) ? CampaignTypes.Referral : CampaignTypes.Coupons,
        "LOYALTY_CARD" => CampaignTypes.Loyalty,
        _ => voucher?["gift"] is not null ? CampaignTypes.Gifts : voucher?["discount"] is not null ? (IsReferral(voucher) ? CampaignTypes.Referral : CampaignTypes.Coupons) : voucher?["loyalty_card"] is not null ? CampaignTypes.Loyalty : null,
    };

    private static bool IsReferral(JsonObject voucher) => voucher["is_referral_code"] is JsonValue value && value.TryGetValue<bool>(out var given) && given;

    private static JsonObject? Merged(JsonObject? present, RawJson? given)
    {
        if (given is null)
        {
            return present;
        }

        var merged = present ?? [];
        foreach (var (name, value) in JsonNode.Parse(given.Utf8.Span)!.AsObject())
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }

    // What a code is worth and when it holds, as it is written into each code in the wire format.
    private static JsonObject TermsOf(JsonObject? voucher, JsonObject fields)
    {
        var terms = voucher?.DeepClone().AsObject() ?? [];
        foreach (var name in ValidityPeriod.Fields)
        {
            if (fields[name] is { } value)
            {
                terms[name] = value.DeepClone();
            }
            else
            {
                terms.Remove(name);
            }
        }

        return terms;
    }

    private static RawJson Same(RawJson before, JsonObject after) =>
        JsonNode.DeepEquals(JsonNode.Parse(before.Utf8.Span), after) ? before : new RawJson(JsonSerializer.SerializeToUtf8Bytes(after, WireJson.Options));
}
