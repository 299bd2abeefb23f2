using System.Text.Json;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>Reads to which items a discount goes.</summary>
internal sealed class ApplicableReader(FilterProblems problems)
{
    private const int MaxItems = 500;
    private const long MostUnits = 1_000_000_000;
    private const long MostMoney = 1_000_000_000_000;

    /// <summary>What is meant where no effect is given.</summary>
    public const string NoEffect = "APPLY_TO_EVERY";

    private static readonly string[] Effects = [NoEffect, "APPLY_TO_CHEAPEST", "APPLY_FROM_CHEAPEST", "APPLY_TO_MOST_EXPENSIVE", "APPLY_FROM_MOST_EXPENSIVE"];

    // Limits over all redemptions of an item. Nobody counts them yet, and one that is not kept to costs the shop.
    private static readonly string[] OfCampaigns =
    [
        .. new[] { "product", "product_in_collection" }.SelectMany(static item => new[] { "", "_customer" }, static (item, who) => item + who)
            .SelectMany(static item => new[] { "campaign", "promotion_tier" }, static (item, where) => $"{item}_{where}_quantity_limit")
            .SelectMany(static name => new[] { name, $"{name}_formula" }),
    ];

    public ApplicableItems Read(JsonElement applicable, IReadOnlyList<ApplicableTo> found)
    {
        if (applicable.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return new ApplicableItems(found, [], IncludedAll: false);
        }

        if (applicable.ValueKind is not JsonValueKind.Object)
        {
            problems.Add("applicable_to", "must be an object with included, excluded and included_all.");
            return ApplicableItems.Everything;
        }

        var all = false;
        if (applicable.TryGetProperty("included_all", out var flag) && flag.ValueKind is not JsonValueKind.Null)
        {
            all = flag.ValueKind is JsonValueKind.True;
            if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                problems.Add("applicable_to.included_all", "must be true or false.");
            }
        }

        return new ApplicableItems([.. Items(applicable, "included"), .. found], Items(applicable, "excluded"), all);
    }

    private List<ApplicableTo> Items(JsonElement applicable, string name)
    {
        var items = new List<ApplicableTo>();
        var path = $"applicable_to.{name}";
        if (!applicable.TryGetProperty(name, out var list) || list.ValueKind is JsonValueKind.Null)
        {
            return items;
        }

        if (list.ValueKind is not JsonValueKind.Array || list.GetArrayLength() > MaxItems)
        {
            problems.Add(path, $"must be a list of at most {MaxItems} items.");
            return items;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (problems.IsFull)
            {
                break;
            }

            if (One($"{path}[{items.Count}]", item) is { } one)
            {
                items.Add(one);
            }
        }

        return items;
    }

    private ApplicableTo? One(string path, JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object)
        {
            problems.Add(path, "must be an object with id or source_id, and object.");
            return null;
        }

        var reader = new PartReader(path, item, problems);
        foreach (var name in OfCampaigns)
        {
            reader.Refuse(name, "is not supported: units are limited for each order only, by quantity_limit and aggregated_quantity_limit.");
        }

        var effect = reader.OneOf("effect", Effects) ?? NoEffect;
        var reference = new ItemReader(path, ItemKind.Unsaid, problems).One(path, item);
        return reference is null ? null : new ApplicableTo
        {
            Item = reference,
            ProductId = reader.Text("product_id"),
            ProductSourceId = reader.Text("product_source_id"),
            Effect = (ApplicableEffect)Array.IndexOf(Effects, effect),
            QuantityLimit = reader.Whole("quantity_limit", 0, MostUnits),
            AggregatedQuantityLimit = reader.Whole("aggregated_quantity_limit", 0, MostUnits),
            AmountLimit = reader.Whole("amount_limit", 0, MostMoney),
            AggregatedAmountLimit = reader.Whole("aggregated_amount_limit", 0, MostMoney),
            Price = reader.Whole("price", 0, MostMoney),
            PriceFormula = Formula(reader, item),
            Repeat = (int?)reader.Whole("repeat", 1, 1_000),
            SkipInitially = (int?)reader.Whole("skip_initially", 0, 1_000),
            CountsUnits = reader.OneOf("target", ["ITEM", "UNIT"]) is "UNIT",
        };
    }

    // A number in one of the product's schemas, a text in the others.
    private static string? Formula(PartReader reader, JsonElement item) =>
        item.TryGetProperty("price_formula", out var formula) && formula.ValueKind is JsonValueKind.Number ? formula.GetRawText() : reader.Text("price_formula", 2_000);
}
