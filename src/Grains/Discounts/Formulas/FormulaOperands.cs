using System.Text.Json;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>The operands of formulas. Money is in major units.</summary>
internal static class FormulaOperands
{
    private const decimal MinorUnits = 100;

    private static readonly Dictionary<string, FormulaPart> Values = new(StringComparer.Ordinal)
    {
        ["ORDER_AMOUNT"] = static (in scope) => Money(scope.Cart.Amount),
        ["ORDER_ITEMS_QUANTITY"] = static (in scope) => FormulaValue.Of(scope.Cart.Lines.Length),
        ["ORDER_UNITS_QUANTITY"] = static (in scope) => FormulaValue.Of(scope.Cart.Lines.Sum(static line => (decimal)line.Quantity)),
        ["VOUCHER_REDEMPTION_QUANTITY"] = static (in scope) => FormulaValue.Of(scope.Data.RedemptionQuantity),
        ["VOUCHER_REDEEMED_QUANTITY"] = static (in scope) => FormulaValue.Of(scope.Data.RedeemedQuantity),
        ["VOUCHER_PUBLISH_COUNT"] = static (in scope) => FormulaValue.Of(scope.Data.PublishCount),
        ["VOUCHER_START_DATE"] = static (in scope) => FormulaValue.Of(scope.Data.Start),
        ["VOUCHER_EXPIRATION_DATE"] = static (in scope) => FormulaValue.Of(scope.Data.Expiration),
        ["PROMOTION_TIER_START_DATE"] = static (in scope) => FormulaValue.Of(scope.Data.Start),
        ["PROMOTION_TIER_EXPIRATION_DATE"] = static (in scope) => FormulaValue.Of(scope.Data.Expiration),
        ["CUSTOMER_BIRTHDATE"] = static (in scope) => FormulaValue.Of(Day(scope.Data, scope.Data.Birthdate)),
        ["TODAY"] = static (in scope) => FormulaValue.Of(Day(scope.Data, scope.Data.Now is { } now ? DateOnly.FromDateTime(now.DateTime) : null)),
        ["NOW"] = static (in scope) => FormulaValue.Of(scope.Data.Now),
    };

    private static readonly Dictionary<string, Func<CartLine, FormulaValue>> OfLine = new(StringComparer.Ordinal)
    {
        ["PRICE"] = static line => Money(line.Price),
        ["AMOUNT"] = static line => Money(line.Amount),
        ["SUBTOTAL"] = static line => Money(line.SubtotalAmount),
        ["UNITS_QUANTITY"] = static line => FormulaValue.Of(line.Quantity),
    };

    private static readonly Dictionary<string, Func<CartLine, JsonElement>> MetadataOfLine = new(StringComparer.Ordinal)
    {
        ["METADATA"] = static line => line.Metadata,
        ["PRODUCT_METADATA"] = static line => line.ProductMetadata,
    };

    private static readonly Dictionary<string, Func<FormulaScope, JsonElement>> Metadata = new(StringComparer.Ordinal)
    {
        ["ORDER_METADATA"] = static scope => scope.Cart.Metadata,
        ["CUSTOMER_METADATA"] = static scope => scope.Data.Customer,
        ["REDEEMABLE_METADATA"] = static scope => scope.Data.Redeemable,
        ["REDEMPTION_METADATA"] = static scope => scope.Data.Redemption,
        ["PUBLICATION_METADATA"] = static scope => scope.Data.Publication,
    };

    private static readonly (string Prefix, Func<FormulaScope, CartLine?> Line)[] Lines =
    [
        ("CHEAPEST_ORDER_ITEM_", static scope => Extreme(scope.Cart, sign: 1)),
        ("MOST_EXPENSIVE_ORDER_ITEM_", static scope => Extreme(scope.Cart, sign: -1)),
        ("ORDER_ITEM_", static scope => scope.Line),
    ];

    /// <summary>Whether an operand is about the line a discount is applied to.</summary>
    public static bool IsOfLine(string name) => name.StartsWith("ORDER_ITEM_", StringComparison.Ordinal);

    /// <summary>The operand of a name, or null.</summary>
    public static FormulaPart? Value(string name)
    {
        if (Values.TryGetValue(name, out var value))
        {
            return value;
        }

        foreach (var (prefix, line) in Lines)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && OfLine.TryGetValue(name[prefix.Length..], out var field))
            {
                return (in scope) => line(scope) is { } found ? field(found) : FormulaValue.Missing;
            }
        }

        return null;
    }

    /// <summary>The operand that is a kind of metadata and the name in it, or null.</summary>
    public static FormulaPart? OfMetadata(string name, string key)
    {
        if (Metadata.TryGetValue(name, out var metadata))
        {
            return (in scope) => FormulaValue.Of(metadata(scope), key);
        }

        foreach (var (prefix, line) in Lines)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && MetadataOfLine.TryGetValue(name[prefix.Length..], out var field))
            {
                return (in scope) => line(scope) is { } found ? FormulaValue.Of(field(found), key) : FormulaValue.Missing;
            }
        }

        return null;
    }

    public static bool IsMetadata(string name) => OfMetadata(name, "") is not null;

    // Where prices are equal, the one of which less is left; and then the first.
    private static CartLine? Extreme(Cart cart, int sign)
    {
        CartLine? found = null;
        foreach (var line in cart.Lines)
        {
            var order = found is null ? -1 : sign * line.Price.CompareTo(found.Price);
            if (order < 0 || (order == 0 && line.SubtotalAmount < found!.SubtotalAmount))
            {
                found = line;
            }
        }

        return found;
    }

    private static DateTimeOffset? Day(FormulaData data, DateOnly? day) =>
        day is { } known ? new DateTimeOffset(known.ToDateTime(TimeOnly.MinValue), data.Now?.Offset ?? TimeSpan.Zero) : null;

    private static FormulaValue Money(long minor) => FormulaValue.Of(minor / MinorUnits);
}
