using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Categories;
using Marketing.Discounts;
using Marketing.Filters;
using Marketing.Json;
using Marketing.Validity;

namespace Marketing.Promotions;

/// <summary>How tiers change. Pure.</summary>
internal static class PromotionRules
{
    /// <summary>Where the discount stands in a tier.</summary>
    public const string DiscountPath = "action.discount";

    public static JsonElement DiscountOf(JsonElement fields) =>
        fields.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.Object && action.TryGetProperty("discount", out var discount) ? discount : default;

    /// <summary>
    /// A tier after a command, where it stands at its place as long as nothing is said; or why not. What is wrong with it is told all at once. A new one has no place yet.
    /// </summary>
    public static (PromotionTierRow? Row, PromotionResult? Refusal) Apply(
        PromotionTierRow before, PromotionTierCommand command, CategorySection categories, FilterSettings calendar)
    {
        var (settled, unknown) = CategoryChoice.Settle(command.Fields, categories);
        if (unknown is not null)
        {
            return (null, new PromotionResult.Invalid([unknown]));
        }

        var fields = JsonNode.Parse(before.Fields.Utf8.Span)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(settled.Utf8.Span)!.AsObject())
        {
            fields.Remove(name);
            if (value is not null)
            {
                fields[name] = value.DeepClone();
            }
        }

        DateBounds.Settle(fields, calendar);
        var metadata = command.Metadata is { } given ? JsonObjects.Merge(before.Metadata, given) : before.Metadata;
        var after = before with { Name = command.Name ?? before.Name, IsActive = command.Active ?? before.IsActive, Fields = Same(before.Fields, fields), Metadata = metadata };
        var problems = Problems(after);
        return problems.Count == 0 ? (after, null) : (null, new PromotionResult.Invalid(problems));
    }

    private static List<FieldProblem> Problems(PromotionTierRow row)
    {
        var fields = row.Fields.ToElement();
        var problems = DiscountReader.Read(DiscountOf(fields), DiscountPath).Problems.ToList();
        var period = ValidityPeriod.Read(fields);
        if (period.End <= period.Start)
        {
            problems.Add(new FieldProblem("expiration_date", "must be later than 'start_date'"));
        }

        if (period is { Interval: not null, Start: null })
        {
            problems.Add(new FieldProblem("validity_timeframe", "needs a 'start_date' to count from"));
        }

        if (row.Fields.Utf8.Length + row.Metadata.Utf8.Length > PromotionLimits.ObjectBytes)
        {
            problems.Add(new FieldProblem("metadata", $"must NOT make the tier larger than {PromotionLimits.ObjectBytes} bytes"));
        }

        return problems;
    }

    private static RawJson Same(RawJson before, JsonObject after) =>
        JsonNode.DeepEquals(JsonNode.Parse(before.Utf8.Span), after) ? before : new RawJson(JsonSerializer.SerializeToUtf8Bytes(after, WireJson.Options));
}
