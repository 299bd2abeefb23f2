using System.Globalization;
using System.Text.Json;
using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Json;
using Marketing.Vouchers;

namespace Marketing.Referrals;

/// <summary>Who holds a referral code, and what happens with it, in the wire format.</summary>
internal static class ReferralJson
{
    public const string HolderObject = "redeemable_holder";
    public const string Assigned = "customer.holder.assignment.created";
    public const string Unassigned = "customer.holder.assignment.deleted";
    public const string Referrer = "REFERRER";
    public const string Referee = "REFEREE";

    private const string Prefix = "rh_";

    // The holder of the code has its number; referees come after all of them.
    private const long FirstReferee = 1L << 62;

    public static string IdOf(long number) => IdAt(number | FirstReferee);

    public static string IdOf(HolderRow holder) => IdAt(holder.Number);

    /// <summary>Where a holder is in the order of ids; null for what is no id of one.</summary>
    public static long? PlaceOf(string? id) =>
        id is not null && id.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(id.AsSpan(Prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var place) ? place : null;

    public static RawJson Holder(HolderRow holder, VoucherView code, string customerId) =>
        WrittenJson.Of(json => WriteHolder(IdOf(holder), holder.At, code, customerId, Referrer, RawJson.EmptyObject, json));

    public static RawJson Holder(ReferralRow referral, VoucherView code, string customerId) =>
        WrittenJson.Of(json => WriteHolder(referral.Id, referral.CreatedAt, code, customerId, Referee, referral.Metadata, json));

    /// <summary>The objects of events about who holds a code.</summary>
    public static byte[] AssignmentData(ReferralRow referral, VoucherView code, string customerId) => ActivityData.Write(json =>
    {
        json.WritePropertyName("holder"u8);
        WriteHolder(referral.Id, referral.CreatedAt, code, customerId, Referee, referral.Metadata, json);
        WriteCode(code, json);
    });

    /// <summary>The objects of the event that tells of a referral.</summary>
    public static byte[] ReferredData(VoucherView code, CustomerRow referrer, ReferralHappening happening) => ActivityData.Write(json =>
    {
        json.WritePropertyName("referrer"u8);
        CustomerView.Write(referrer.Id, referrer.Document, TriggerCatalogue.Referred, json);
        WriteCode(code, json);
        WriteOrNull("custom_event"u8, happening.Event, json);
        WriteOrNull("redemption"u8, happening.Redemption, json);
    });

    /// <summary>The objects of the event that tells of a reward.</summary>
    /// <param name="campaign">The referral programme.</param>
    /// <param name="given">What was given: the code, or the card with what is on it now.</param>
    /// <param name="reward">The reward.</param>
    /// <param name="tier">Of a referrer's, for what.</param>
    /// <param name="customer">Whose it is.</param>
    public static RawJson RewardedData(CampaignEntry? campaign, VoucherView given, ReferralReward reward, ReferralTierName? tier, CustomerRow customer) => new(ActivityData.Write(json =>
    {
        json.WritePropertyName("holder"u8);
        CustomerView.Write(customer.Id, customer.Document, TriggerCatalogue.Rewarded, json);
        json.WritePropertyName("voucher"u8);
        VoucherShape.WriteForMessage(given, json);
        json.WritePropertyName("campaign"u8);
        CampaignShape.WriteBrief(campaign, json);
        json.WriteNull("redemption"u8);
        json.WriteNull("reward"u8);
        if (tier is null)
        {
            json.WriteNull("referral_tier"u8);
        }
        else
        {
            json.WriteStartObject("referral_tier"u8);
            json.WriteString("id"u8, tier.Id);
            json.WriteString("campaign_id"u8, campaign?.Id);
            json.WriteString("banner"u8, tier.Banner);
            json.WriteEndObject();
        }

        if (reward.Type == ReferralReward.Code)
        {
            json.WriteNull("balance"u8);
        }
        else
        {
            json.WriteStartObject("balance"u8);
            json.WriteNumber(reward.Type == ReferralReward.Credits ? "amount"u8 : "points"u8, reward.Amount);
            json.WriteEndObject();
        }

        json.WriteNull("custom_event"u8);
        json.WriteNull("customer_event"u8);
    }));

    private static string IdAt(long place) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{place:x16}");

    private static void WriteHolder(string id, DateTimeOffset at, VoucherView code, string customerId, string role, RawJson metadata, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("created_at"u8, WireJson.Text(at));
        json.WriteString("redeemable_id"u8, code.Row.Id);
        json.WriteString("redeemable_object"u8, "voucher"u8);
        json.WriteString("campaign_id"u8, code.Campaign?.Id);
        json.WriteString("campaign_type"u8, code.Campaign?.Row.CampaignType);
        json.WriteString("voucher_type"u8, code.Row.Type);
        json.WriteString("customer_id"u8, customerId);
        json.WriteString("holder_role"u8, role);
        json.WritePropertyName("metadata"u8);
        json.WriteRawValue(metadata.Utf8.Span, skipInputValidation: true);
        json.WriteString("object"u8, HolderObject);
        json.WriteEndObject();
    }

    private static void WriteCode(VoucherView code, Utf8JsonWriter json)
    {
        json.WritePropertyName("campaign"u8);
        CampaignShape.WriteBrief(code.Campaign, json);
        json.WritePropertyName("voucher"u8);
        VoucherShape.WriteForMessage(code, json);
    }

    private static void WriteOrNull(ReadOnlySpan<byte> name, JsonElement value, Utf8JsonWriter json)
    {
        json.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.Object)
        {
            value.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
