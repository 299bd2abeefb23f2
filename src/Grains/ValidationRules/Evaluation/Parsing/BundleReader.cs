using System.Globalization;
using System.Text.Json;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>Reads what has to be bought together.</summary>
internal sealed class BundleReader(FilterProblems problems)
{
    private const int MaxParts = 50;
    private const long MostUnits = 1_000_000;

    public BundleRule? Read(JsonElement bundle)
    {
        if (bundle.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return null;
        }

        if (bundle.ValueKind is not JsonValueKind.Object)
        {
            problems.Add("bundle_rules", "must be an object of numbered rules, with limit.");
            return null;
        }

        var limit = (int)(new PartReader("bundle_rules", bundle, problems).Whole("limit", 1, BundleRule.MostBundles) ?? 1);
        var numbered = RuleNumbers.Read("bundle_rules", bundle, MaxParts, problems, "limit", "logic");
        var logic = bundle.TryGetProperty("logic", out var text) && text.ValueKind is JsonValueKind.String ? text.GetString()! : "";
        if (logic.Contains("or", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add("bundle_rules.logic", "must not have 'or': a bundle is all of its products.");
        }

        var parts = numbered.Select((one, at) => Part($"bundle_rules.{(at + 1).ToString(CultureInfo.InvariantCulture)}", one)).OfType<BundlePart>().ToList();
        return parts.Count == 0 ? null : new BundleRule(parts, limit);
    }

    private BundlePart? Part(string path, JsonElement rule)
    {
        if (rule.ValueKind is not JsonValueKind.Object)
        {
            problems.Add(path, "must be an object with name, conditions and rules.");
            return null;
        }

        Name(path, rule, "order.items.any");
        var item = Only(path, rule, out var conditions) is { } value
            ? new ItemReader(conditions, ItemKind.Unsaid, problems).One($"{conditions}[0]", value)
            : null;
        return item is null ? null : new BundlePart(item, Quantity(path, rule));
    }

    // How many of it; one where nothing is said.
    private long Quantity(string path, JsonElement rule)
    {
        if (!rule.TryGetProperty("rules", out var rules) || rules.ValueKind is JsonValueKind.Null)
        {
            return 1;
        }

        if (rules.ValueKind is not JsonValueKind.Object)
        {
            problems.Add($"{path}.rules", "must be an object of numbered rules.");
            return 1;
        }

        var numbered = RuleNumbers.Read($"{path}.rules", rules, 1, problems, "logic");
        if (numbered.Count == 0 || numbered[0].ValueKind is not JsonValueKind.Object)
        {
            return 1;
        }

        Name($"{path}.rules.1", numbered[0], "order.items.aggregated_quantity");
        if (Only($"{path}.rules.1", numbered[0], out var place) is not { } quantity)
        {
            return 1;
        }

        if (quantity.ValueKind is JsonValueKind.Number && quantity.TryGetDecimal(out var number) && number is >= 1 and <= MostUnits && decimal.IsInteger(number))
        {
            return (long)number;
        }

        problems.Add(place, $"must be a whole number from 1 to {MostUnits}.");
        return 1;
    }

    private void Name(string path, JsonElement rule, string expected)
    {
        if (new PartReader(path, rule, problems).Text("name") != expected)
        {
            problems.Add($"{path}.name", $"must be {expected}.");
        }
    }

    // The one value of the one operator.
    private JsonElement? Only(string path, JsonElement rule, out string place)
    {
        place = $"{path}.conditions.$is";
        if (rule.TryGetProperty("conditions", out var conditions) && conditions.ValueKind is JsonValueKind.Object && conditions.EnumerateObject().Count() == 1
            && conditions.TryGetProperty("$is", out var values) && values.ValueKind is JsonValueKind.Array && values.GetArrayLength() == 1)
        {
            return values[0];
        }

        problems.Add($"{path}.conditions", "must be {\"$is\":[…]} with one value.");
        return null;
    }
}
