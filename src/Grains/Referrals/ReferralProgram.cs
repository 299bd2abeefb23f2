using System.Globalization;
using System.Text.Json;
using Marketing.Campaigns;

namespace Marketing.Referrals;

/// <summary>A referral programme as referrals are decided by. What it says is in force for those that come after.</summary>
/// <param name="ConvertsBy"><c>redemption</c> or <c>custom_event</c>.</param>
/// <param name="EventName">The name of the event; null where only its schema is named.</param>
/// <param name="EventId">The id of the event's schema.</param>
/// <param name="Referee">What the referee gets; null for nothing.</param>
/// <param name="Tiers">What the referrer gets.</param>
internal sealed record ReferralProgram(string ConvertsBy, string? EventName, string? EventId, ReferralReward? Referee, IReadOnlyList<ReferralTier> Tiers)
{
    public const string ByRedemption = "redemption";
    public const string ByEvent = "custom_event";

    /// <summary>The programme of a campaign; null where that is another kind of campaign, or was deleted.</summary>
    public static ReferralProgram? Of(CampaignEntry? campaign) => campaign is { IsReferral: true, IsDeleted: false } ? Read(campaign.Row).Program : null;

    /// <summary>Reads the wire format, or says what is wrong with it.</summary>
    public static (ReferralProgram? Program, FieldProblem? Problem) Read(CampaignRow campaign)
    {
        var given = Child(campaign.Fields.ToElement(), "referral_program");
        var by = Text(given, "conversion_event_type") ?? ByRedemption;
        var happened = Child(given, "custom_event");
        var (name, id) = (Text(happened, "name"), Text(happened, "id"));
        if (by == ByEvent && string.IsNullOrEmpty(name) && string.IsNullOrEmpty(id))
        {
            return (null, new FieldProblem("custom_event", "is required with the conversion_event_type custom_event, with the name of the event or the id of its schema"));
        }

        var (referee, wrong) = ReferralReward.Read(Child(given, "referee_reward"));
        if (wrong is not null)
        {
            return (null, wrong with { Field = $"referee_reward.{wrong.Field}" });
        }

        var tiers = new List<ReferralTier>();
        foreach (var tier in Child(given, "referral_tiers") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToArray() : [])
        {
            var at = $"referral_tiers[{tiers.Count}]";
            var (reward, problem) = ReferralReward.Read(Child(tier, "reward"));
            if (reward is null)
            {
                return (null, problem is null ? new FieldProblem($"{at}.reward", "is required") : problem with { Field = $"{at}.reward.{problem.Field}" });
            }

            var conversions = Child(tier, "conversions");
            long? least = Text(conversions, "type") is "AT_LEAST" ? Child(conversions, "count") is { ValueKind: JsonValueKind.Number } count && count.TryGetInt64(out var number) ? number : 0 : null;
            if (least is 0)
            {
                return (null, new FieldProblem($"{at}.conversions.count", "is required with the type AT_LEAST"));
            }

            var tierId = Text(tier, "id") ?? string.Create(CultureInfo.InvariantCulture, $"rft_{campaign.Id.Replace("camp_", "", StringComparison.Ordinal)}_{tiers.Count + 1}");
            if (tiers.Any(known => known.Name.Id == tierId))
            {
                return (null, new FieldProblem($"{at}.id", "must be another than that of the other tiers"));
            }

            tiers.Add(new ReferralTier(new ReferralTierName(tierId, Text(tier, "banner")), least, reward));
        }

        return (new ReferralProgram(by, name, id, referee, tiers), null);
    }

    public static JsonElement Child(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;

    public static string? Text(JsonElement of, string name) => Child(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}

/// <summary>What a referrer gets, and for what.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Least">Once, with the referee of this number; null for each referee.</param>
/// <param name="Reward">What it is.</param>
internal sealed record ReferralTier(ReferralTierName Name, long? Least, ReferralReward Reward)
{
    /// <summary>Whether the referee of a number brings it.</summary>
    public bool IsReachedBy(long referred) => Least is not { } least || least == referred;
}

/// <summary>What a referrer's reward is called. Names are the stored format.</summary>
/// <param name="Id"><c>rft_…</c>, or the shop's.</param>
/// <param name="Banner">What people read.</param>
internal sealed record ReferralTierName(string Id, string? Banner);

/// <summary>
/// What is given for a referral: a code of a campaign, or credits or points on the card that the customer has of it, who is given one where there is none. Names are the stored format. Rewards that are objects of their own
/// would be another kind of it: read here, given by <see cref="ReferralRewards"/>.
/// </summary>
/// <param name="Type">The type of the campaign's codes: <c>DISCOUNT_VOUCHER</c>, <c>GIFT_VOUCHER</c> or <c>LOYALTY_CARD</c>.</param>
/// <param name="Amount">How many credits or points; 0 for a code.</param>
/// <param name="Campaign">The campaign, by id or name.</param>
internal sealed record ReferralReward(string Type, long Amount, string Campaign)
{
    public const string Code = "DISCOUNT_VOUCHER";
    public const string Credits = "GIFT_VOUCHER";
    public const string Points = "LOYALTY_CARD";

    /// <summary>Reads the wire format, or says what is wrong with it; neither where nothing is given.</summary>
    public static (ReferralReward? Reward, FieldProblem? Problem) Read(JsonElement given)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            return (null, null);
        }

        var parent = ReferralProgram.Child(given, "related_object_parent");
        if ((ReferralProgram.Text(parent, "id") ?? ReferralProgram.Text(parent, "name")) is not { Length: > 0 } campaign)
        {
            return (null, FieldProblem.Missing("related_object_parent.id"));
        }

        var type = ReferralProgram.Text(given, "type") ?? "";
        var amount = ReferralProgram.Child(given, "amount") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) ? whole : 0;
        return type is not (Code or Credits or Points) ? (null, new FieldProblem("type", $"must be {Code}, {Credits} or {Points}"))
            : type == Code && amount != 0 ? (null, new FieldProblem("amount", $"does not go with {Code}: a code of the campaign is given"))
            : type != Code && amount < 1 ? (null, new FieldProblem("amount", "must be 1 at least"))
            : (new ReferralReward(type, amount, campaign), null);
    }
}
