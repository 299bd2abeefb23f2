using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketing.Carts;
using Xunit;

namespace Marketing.Discounts;

/// <summary>A discount, or several, on a cart, with the numbers that must come out and where they are from.</summary>
/// <param name="Source">A section of the notes on semantics, or a page of the product's documentation.</param>
/// <param name="Cart">"amount 6000; off 100; mug 1000x2=1900-500~1": what was sent for the order, what earlier discounts took off it, and lines: product, price and quantity; amount as sent; off so far; units given away so far.</param>
/// <param name="Discounts">In short; those after "then" see the cart the ones before have left.</param>
/// <param name="Expected">What each took off, line by line, and the total.</param>
internal sealed partial record WorkedCase(string Source, string Cart, string Discounts, string Expected)
{
    private const string Then = " then ";

    public string Name => $"{Source}: {Discounts} | {Cart}";

    public void Check()
    {
        var cart = CartOf(Cart);
        var seen = new List<string>();
        foreach (var discount in Discounts.Split(Then))
        {
            var applied = WorkedDiscount.Parse(discount).Apply(cart);
            Assert.Null(applied.Refusal);
            cart = applied.After;
            seen.Add(Facts(applied));
        }

        Assert.Equal(Expected, string.Join(Then, seen));
    }

    /// <summary>The cart that a short text means.</summary>
    public static Cart CartOf(string text)
    {
        var lines = ImmutableArray.CreateBuilder<CartLine>();
        var (amount, off) = ((long?)null, 0L);
        foreach (var part in text.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            if (LinePattern().Match(part) is { Success: true } line)
            {
                var (price, quantity) = (Number(line.Groups[2]), Number(line.Groups[3]));
                var worth = line.Groups[4].Success ? Number(line.Groups[4]) : price * quantity;
                lines.Add(new CartLine
                {
                    ProductId = line.Groups[1].Value,
                    Price = price,
                    Quantity = quantity,
                    InitialQuantity = quantity,
                    Amount = worth,
                    InitialAmount = worth,
                    DiscountAmount = line.Groups[5].Success ? Number(line.Groups[5]) : 0,
                    DiscountQuantity = line.Groups[6].Success ? Number(line.Groups[6]) : 0,
                });
            }
            else if (part.StartsWith("amount ", StringComparison.Ordinal))
            {
                amount = long.Parse(part.AsSpan(7), CultureInfo.InvariantCulture);
            }
            else if (part.StartsWith("off ", StringComparison.Ordinal))
            {
                off = long.Parse(part.AsSpan(4), CultureInfo.InvariantCulture);
            }
            else
            {
                throw new FormatException(part);
            }
        }

        var sum = amount ?? lines.Sum(line => line.Amount);
        return new Cart { Amount = sum, InitialAmount = sum, DiscountAmount = off, Lines = lines.ToImmutable(), Metadata = JsonElement.Parse("""{"visits":12}""") };
    }

    private static string Facts(Applied applied)
    {
        var facts = new List<string>();
        if (applied.After.AppliedDiscountAmount != 0)
        {
            facts.Add($"order {applied.After.AppliedDiscountAmount}");
        }

        foreach (var line in applied.After.Lines)
        {
            var units = (line.AppliedDiscountQuantity, line.AppliedQuantity) switch
            {
                (0, 0) => "",
                (var free, 0) => $" free {free}",
                var (free, added) => $" free {free} added {added}",
            };
            if (line.AppliedDiscountAmount != 0 || units.Length > 0)
            {
                facts.Add($"{line.ProductId} {line.AppliedDiscountAmount}{units}");
            }
        }

        Assert.Equal(applied.After.AppliedDiscountAmount + applied.After.ItemsAppliedDiscountAmount, applied.Amount);
        facts.Add($"total {applied.After.TotalAmount}");
        return string.Join(", ", facts);
    }

    private static long Number(Group group) => long.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\w+) (\d+)x(\d+)(?:=(\d+))?(?:-(\d+))?(?:~(\d+))?$")]
    private static partial Regex LinePattern();
}
