using System.Text.Json;
using Marketing.Carts;
using Xunit;

namespace Marketing.Discounts;

/// <summary>An example of the product's OpenAPI documents: what it answers, what the order was before as far as the answer tells, and the discount. A note says what the example does not show, or contradicts.</summary>
internal sealed class ReferenceOrder(JsonElement example)
{
    public static IReadOnlyList<ReferenceOrder> All { get; } =
        [.. JsonElement.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Discounts", "reference-orders.json"))).EnumerateArray().Select(example => new ReferenceOrder(example))];

    public string Name => example.GetProperty("source").GetString()!;

    public void Check()
    {
        var order = example.GetProperty("order");
        var (cart, problem) = CartReader.Read(order);
        Assert.Null(problem);
        var applied = DiscountEngine.Apply(DiscountOf(), ApplicabilityOf(cart!), cart!, new DiscountSettings { Products = Products() });
        Assert.Null(applied.Refusal);
        Agree(example.GetProperty("expected"), CartWriter.Write(order, applied.After).ToElement(), "order");
    }

    private Discount DiscountOf()
    {
        if (example.TryGetProperty("credits", out var credits))
        {
            return new Discount.Credits(credits.GetInt64(), DiscountReader.ReadGiftEffect(example, "").Effect);
        }

        var (discount, problems) = DiscountReader.Read(example.GetProperty("discount"), "discount");
        Assert.Empty(problems);
        return discount!;
    }

    private Applicability ApplicabilityOf(Cart cart)
    {
        if (example.TryGetProperty("prices", out var prices))
        {
            return new Applicability { Included = [.. prices.EnumerateArray().Select(Priced)] };
        }

        if (!example.TryGetProperty("on", out var on))
        {
            return Applicability.Everything;
        }

        var lines = on.EnumerateArray().Select(index => cart.Lines[index.GetInt32()]).ToList();
        return new Applicability { Included = [new ApplicationRule { Matches = line => lines.Exists(one => one.HasProductOf(line)) }] };
    }

    private static ApplicationRule Priced(JsonElement price)
    {
        var (formula, problem) = FormulaParser.Parse(price.GetProperty("formula").GetString()!);
        Assert.Null(problem);
        var id = price.GetProperty("id").GetString()!;
        return new ApplicationRule { Matches = line => line.IsOf(id), Price = price.GetProperty("price").GetInt64(), PriceFormula = formula };
    }

    private Dictionary<string, FreeProduct> Products() => example.TryGetProperty("products", out var products)
        ? products.EnumerateObject().ToDictionary(product => product.Name, product => new FreeProduct
        {
            ProductId = Text(product.Value, "product_id"),
            SkuId = Text(product.Value, "sku_id"),
            Price = product.Value.GetProperty("price").GetInt64(),
        })
        : [];

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var text) ? text.GetString() : null;

    // Everything that is expected is there; the product leaves out what is zero or as it was.
    private static void Agree(JsonElement expected, JsonElement actual, string path)
    {
        foreach (var field in expected.EnumerateObject())
        {
            Assert.True(actual.TryGetProperty(field.Name, out var value) || IsZero(field.Value), $"{path}.{field.Name} is not there");
            if (field.Value.ValueKind != JsonValueKind.Array)
            {
                Assert.True(IsZero(field.Value) || JsonElement.DeepEquals(field.Value, value), $"{path}.{field.Name} is {value}, not {field.Value}");
                continue;
            }

            Assert.Equal(field.Value.GetArrayLength(), value.GetArrayLength());
            for (var at = 0; at < value.GetArrayLength(); at++)
            {
                Agree(field.Value[at], value[at], $"{path}.{field.Name}[{at}]");
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["discount_amount", "items_discount_amount", "total_discount_amount", "applied_discount_amount", "items_applied_discount_amount", "total_applied_discount_amount"])
        {
            Assert.True(expected.TryGetProperty(name, out _) || !actual.TryGetProperty(name, out var value) || IsZero(value), $"{path}.{name} is {(actual.TryGetProperty(name, out var found) ? found : default)}, and not expected");
        }
    }

    private static bool IsZero(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.GetDecimal() == 0;
}
