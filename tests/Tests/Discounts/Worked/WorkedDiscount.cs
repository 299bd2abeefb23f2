using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Carts;
using Xunit;

namespace Marketing.Discounts;

/// <summary>
/// A discount in short: "percent 10 items limit 500 on mug, cup from-cheapest unit skip 1 | initial". It is made into JSON and read as a caller's would be.
/// </summary>
internal sealed record WorkedDiscount(Discount Discount, Applicability Applicability, DiscountSettings Settings)
{
    private static readonly Dictionary<string, FreeProduct> Products = new()
    {
        ["gift"] = new FreeProduct { ProductId = "gift", Price = 6_500 },
        ["tee"] = new FreeProduct { ProductId = "tee", Price = 2_000 },
        ["cup"] = new FreeProduct { ProductId = "cup", Price = 500 },
    };

    public Applied Apply(Cart cart) => DiscountEngine.Apply(Discount, Applicability, cart, Settings);

    public static WorkedDiscount Parse(string text)
    {
        var (what, modes) = Cut(text, " | ");
        var (discount, on) = Cut(what, " on ");
        var settings = new DiscountSettings
        {
            Products = Products,
            Mode = modes.Contains("initial", StringComparison.Ordinal) ? CalculationMode.InitialAmount : CalculationMode.DiscountedAmount,
            IsOnce = modes.Contains("once", StringComparison.Ordinal),
        };
        return new WorkedDiscount(DiscountOf(discount), ApplicabilityOf(on), settings);
    }

    private static Discount DiscountOf(string text)
    {
        var (fixedPart, formula) = Cut(text, " formula ");
        var words = fixedPart.Split(' ');
        if (words[0] == "credits")
        {
            return new Discount.Credits(Number(words[1]), words is [.., "items"] ? PlainEffect.ApplyToItems : PlainEffect.ApplyToOrder);
        }

        var json = words[0] is "new" or "missing" ? Units(fixedPart) : Plain(words);
        if (formula.Length > 0)
        {
            json[words[0] switch { "amount" => "amount_off_formula", "percent" => "percent_off_formula", "fixed" => "fixed_amount_formula", _ => "unit_off_formula" }] = formula;
        }

        var (discount, problems) = DiscountReader.Read(JsonElement.Parse(json.ToJsonString()), "discount");
        Assert.Empty(problems);
        return discount!;
    }

    private static JsonObject Plain(string[] words)
    {
        var (name, value) = words[0] switch
        {
            "amount" => ("AMOUNT", "amount_off"),
            "percent" => ("PERCENT", "percent_off"),
            "fixed" => ("FIXED", "fixed_amount"),
            _ => throw new FormatException(words[0]),
        };
        var json = new JsonObject { ["type"] = name, [value] = decimal.Parse(words[1], CultureInfo.InvariantCulture) };
        for (var at = 2; at < words.Length; at++)
        {
            switch (words[at])
            {
                case "limit":
                    json["amount_limit"] = Number(words[++at]);
                    break;
                case "all":
                    json["aggregated_amount_limit"] = Number(words[++at]);
                    break;
                case var effect:
                    json["effect"] = effect switch
                    {
                        "items" => "APPLY_TO_ITEMS",
                        "units" => "APPLY_TO_ITEMS_BY_QUANTITY",
                        "by-amount" => "APPLY_TO_ITEMS_PROPORTIONALLY",
                        "by-quantity" => "APPLY_TO_ITEMS_PROPORTIONALLY_BY_QUANTITY",
                        _ => throw new FormatException(effect),
                    };
                    break;
            }
        }

        return json;
    }

    // "new 2 cup", or "new 2 cup + missing 1 tee".
    private static JsonObject Units(string text)
    {
        var units = text.Split(" + ").Select(one => one.Split(' ')).Select(words => new JsonObject
        {
            ["effect"] = words[0] == "new" ? "ADD_NEW_ITEMS" : "ADD_MISSING_ITEMS",
            ["unit_off"] = Number(words[1]),
            ["unit_type"] = words[2],
        }).ToArray();
        if (units is [var one])
        {
            one["type"] = "UNIT";
            return one;
        }

        return new JsonObject { ["type"] = "UNIT", ["effect"] = "ADD_MANY_ITEMS", ["units"] = new JsonArray([.. units]) };
    }

    private static Applicability ApplicabilityOf(string text) =>
        text.Length == 0 ? Applicability.Everything : new Applicability { Included = [.. text.Split(" and ").Select(Items)] };

    private static ApplicationRule Items(string text)
    {
        var words = text.Replace(", ", ",", StringComparison.Ordinal).Split(' ');
        var products = words[0].Split(',').ToImmutableHashSet();
        var items = new ApplicationRule { Matches = words[0] == "all" ? null : line => products.Contains(line.ProductId!) };
        for (var at = 1; at < words.Length; at++)
        {
            items = words[at] switch
            {
                "cheapest" => items with { Effect = ApplicationEffect.ApplyToCheapest },
                "from-cheapest" => items with { Effect = ApplicationEffect.ApplyFromCheapest },
                "most-expensive" => items with { Effect = ApplicationEffect.ApplyToMostExpensive },
                "from-most-expensive" => items with { Effect = ApplicationEffect.ApplyFromMostExpensive },
                "unit" => items with { Target = ApplicationTarget.Unit },
                "skip" => items with { Skip = Number(words[++at]) },
                "repeat" => items with { Repeat = Number(words[++at]) },
                "units" => items with { QuantityLimit = Number(words[++at]) },
                "all-units" => items with { AggregatedQuantityLimit = Number(words[++at]) },
                "max" => items with { AmountLimit = Number(words[++at]) },
                "all-max" => items with { AggregatedAmountLimit = Number(words[++at]) },
                "price" => items with { Price = Number(words[++at]) },
                var other => throw new FormatException(other),
            };
        }

        return items;
    }

    private static (string Before, string After) Cut(string text, string at) => text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var found ? (text[..found], text[(found + at.Length)..]) : (text, "");

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
