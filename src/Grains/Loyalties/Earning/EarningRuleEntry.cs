using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Validity;

namespace Marketing.Loyalties;

/// <summary>An earning rule as members are decided by. Immutable.</summary>
internal sealed class EarningRuleEntry
{
    /// <summary>Any tier of the programme.</summary>
    public const string AnyTier = "__ANY__";

    /// <summary>What the product calls an order that is paid.</summary>
    public const string OrderPaid = "order.paid";

    private static readonly string[] OfTiers =
        [TriggerCatalogue.TierJoined, TriggerCatalogue.TierLeft, TriggerCatalogue.TierUpgraded, TriggerCatalogue.TierDowngraded, TriggerCatalogue.TierProlonged];

    public EarningRuleEntry(EarningRuleRow row)
    {
        Row = row;
        Fields = row.Fields.ToElement();
        Calculation = EarningCalculation.Read(LoyaltyJson.Child(Fields, "loyalty")).Calculation;
        Validity = ValidityPeriod.Read(Fields);
        RuleId = LoyaltyJson.Text(Fields, "validation_rule_id");
        Banner = LoyaltyJson.Text(LoyaltyJson.Child(Fields, "source"), "banner");
        PendingDays = row.Event == OrderPaid ? (int?)LoyaltyJson.Whole(LoyaltyJson.Child(Fields, "pending_points"), "period_value") : null;
        ExpirationRules = LoyaltyJson.Child(Fields, "expiration_rules") is { ValueKind: JsonValueKind.Object } rules ? RawJson.From(rules) : null;
        (ListensTo, Selector) = row.Event switch
        {
            OrderPaid => (TriggerCatalogue.OrderPaid, null),
            TriggerCatalogue.SegmentEntered => (TriggerCatalogue.SegmentEntered, LoyaltyJson.Text(LoyaltyJson.Child(Fields, "segment"), "id")),
            var tier when IsOfTiers(tier) => (tier, null),
            var name => (TriggerCatalogue.CustomEvent, name),
        };
        Tier = IsOfTiers(row.Event) && LoyaltyJson.Text(LoyaltyJson.Child(Fields, "loyalty_tier"), "id") is { } one && one != AnyTier ? one : null;
    }

    public EarningRuleRow Row { get; }

    public JsonElement Fields { get; }

    public string Id => Row.Id;

    /// <summary>The type of what it listens to.</summary>
    public string ListensTo { get; }

    /// <summary>The segment, or the name of the event.</summary>
    public string? Selector { get; }

    /// <summary>Of tier events: only this tier; null for any of the programme.</summary>
    public string? Tier { get; }

    /// <summary>Null where it is not understood; then it gives nothing.</summary>
    public EarningCalculation? Calculation { get; }

    public ValidityPeriod Validity { get; }

    /// <summary>The validation rule that must hold; null for none.</summary>
    public string? RuleId { get; }

    public string? Banner { get; }

    /// <summary>How many days points wait; null where they do not.</summary>
    public int? PendingDays { get; }

    /// <summary>When its points expire; null where the programme says so.</summary>
    public RawJson? ExpirationRules { get; }

    public static bool IsOfTiers(string eventName) => OfTiers.Contains(eventName);

    public string? CustomEvent => ListensTo == TriggerCatalogue.CustomEvent ? Row.Event : null;
}
