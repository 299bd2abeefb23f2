using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Catalogue;
using Marketing.Json;
using Marketing.Projects;
using Marketing.Segments;
using Marketing.ValidationRules;
using Marketing.Validity;

namespace Marketing.Loyalties;

/// <summary>How tiers and earning rules change. Pure.</summary>
internal static class ProgramRules
{
    /// <summary>The rule after a command, the row that was there where nothing is different; or what is wrong with it.</summary>
    public static (EarningRuleRow? Row, FieldProblem? Problem) Apply(EarningRuleRow present, EarningRuleCommand command, CatalogueSnapshot catalogue)
    {
        var fields = Merged(present.Fields, command.Fields);
        DateBounds.Settle(fields, catalogue.Section<ProjectSection>().Calendar);
        var row = present with { IsActive = command.Active ?? present.IsActive, Fields = Same(present.Fields, fields), Metadata = command.Metadata is { } given ? JsonObjects.Merge(present.Metadata, given) : present.Metadata };
        return Problem(row, catalogue) is { } problem ? (null, problem) : (row, null);
    }

    /// <summary>The tier after a command, the row that was there where nothing is different; or what is wrong with it.</summary>
    /// <param name="present">As it is; a new one has no name.</param>
    /// <param name="command">What is said.</param>
    /// <param name="others">The programme's other tiers.</param>
    public static (TierRow? Row, FieldProblem? Problem) Apply(TierRow present, LoyaltyTierCommand command, IReadOnlyCollection<TierRow> others)
    {
        var fields = Merged(present.Fields, command.Fields);
        var element = JsonSerializer.SerializeToElement(fields);
        var points = LoyaltyJson.Child(element, "points");
        if (LoyaltyJson.Whole(points, "from") is not (>= 0 and <= LoyaltyLimits.Points and var from))
        {
            return (null, new FieldProblem("points.from", $"must be a whole number of points, 0 to {LoyaltyLimits.Points}"));
        }

        if (LoyaltyJson.Child(points, "to").ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && !(LoyaltyJson.Whole(points, "to") > from))
        {
            return (null, new FieldProblem("points.to", "must be more than points.from"));
        }

        if (others.Any(tier => tier.From == from))
        {
            return (null, new FieldProblem("points.from", "must be another than that of the other tiers"));
        }

        foreach (var name in new[] { "earning_rules", "rewards" })
        {
            var mappings = LoyaltyJson.Child(element, name);
            if (mappings.ValueKind == JsonValueKind.Object && mappings.EnumerateObject().Where(static one => TierMapping.Read(one.Value) is null).Select(static one => one.Name).FirstOrDefault() is { } wrong)
            {
                return (null, new FieldProblem($"{name}.{wrong}", $"must be MULTIPLY with a multiplier of 0 to {TierMapping.MostTimes}, or CUSTOM with points"));
            }
        }

        var row = present with { Name = command.Name ?? present.Name, From = from, Fields = Same(present.Fields, fields), Metadata = command.Metadata is { } given ? JsonObjects.Merge(present.Metadata, given) : present.Metadata };
        return row.Fields.Utf8.Length + row.Metadata.Utf8.Length > LoyaltyLimits.ObjectBytes ? (null, new FieldProblem("metadata", $"must NOT make the tier larger than {LoyaltyLimits.ObjectBytes} bytes")) : (row, null);
    }

    private static FieldProblem? Problem(EarningRuleRow row, CatalogueSnapshot catalogue)
    {
        var fields = row.Fields.ToElement();
        if (EarningCalculation.Read(LoyaltyJson.Child(fields, "loyalty")).Problem is { } wrong)
        {
            return wrong with { Field = $"loyalty.{wrong.Field}" };
        }

        if (ExpirationRule.Read(LoyaltyJson.Child(fields, "expiration_rules")).Problem is { } expiration)
        {
            return expiration with { Field = $"expiration_rules.{expiration.Field}" };
        }

        var entry = new EarningRuleEntry(row);
        if (entry.RuleId is { } id && catalogue.ValidationRules.Find(id) is not { Rule: not null })
        {
            return FieldProblem.Unknown("validation_rule_id", "must be a validation rule that there is and that can be read");
        }

        if (entry.RuleId is { } limited && catalogue.ValidationRules.Find(limited)!.Rule!.Limits.Count > 0)
        {
            return new FieldProblem("validation_rule_id", "has limits of redemptions, and nothing is redeemed here");
        }

        if (row.Event == TriggerCatalogue.SegmentEntered && (entry.Selector is null || catalogue.Segments.Find(entry.Selector) is null))
        {
            return FieldProblem.Unknown("segment.id", "must be a segment that there is");
        }

        if (entry.Tier is { } tier && catalogue.Section<LoyaltySection>().FindTier(tier)?.Row.Campaign != row.Campaign)
        {
            return FieldProblem.Unknown("loyalty_tier.id", "must be a tier of the programme, or __ANY__");
        }

        var pending = LoyaltyJson.Child(fields, "pending_points");
        if (pending.ValueKind == JsonValueKind.Object)
        {
            if (row.Event != EarningRuleEntry.OrderPaid)
            {
                return new FieldProblem("pending_points", "goes with the event order.paid only");
            }

            if (LoyaltyJson.Whole(pending, "period_value") is not (>= 1 and <= LoyaltyLimits.PendingDays))
            {
                return new FieldProblem("pending_points.period_value", $"must be a number of days, 1 to {LoyaltyLimits.PendingDays}");
            }
        }

        var period = ValidityPeriod.Read(fields);
        return period.End <= period.Start ? new FieldProblem("expiration_date", "must be later than start_date")
            : period is { Interval: not null, Start: null } ? new FieldProblem("validity_timeframe", "needs a start_date to count from")
            : row.Fields.Utf8.Length + row.Metadata.Utf8.Length > LoyaltyLimits.ObjectBytes ? new FieldProblem("metadata", $"must NOT make the rule larger than {LoyaltyLimits.ObjectBytes} bytes")
            : null;
    }

    private static JsonObject Merged(RawJson present, RawJson given)
    {
        var fields = JsonNode.Parse(present.Utf8.Span)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(given.Utf8.Span)!.AsObject())
        {
            fields.Remove(name);
            if (value is not null)
            {
                fields[name] = value.DeepClone();
            }
        }

        return fields;
    }

    private static RawJson Same(RawJson before, JsonObject after) =>
        JsonNode.DeepEquals(JsonNode.Parse(before.Utf8.Span), after) ? before : new RawJson(JsonSerializer.SerializeToUtf8Bytes(after, WireJson.Options));
}
