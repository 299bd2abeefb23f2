using System.Collections.Immutable;
using System.Text.Json;
using Marketing.Carts;

namespace Marketing.Discounts;

/// <summary>Makes discounts of their JSON. Fields that it does not know are not looked at, as everywhere in the product's own resources.</summary>
internal static class DiscountReader
{
    /// <summary>The most kinds of units that one discount gives away.</summary>
    public const int MostUnits = 100;

    private const int LongestId = 200;

    /// <summary>The discount; null where there are problems.</summary>
    /// <param name="discount">The object <c>discount</c> of a voucher, or of what makes vouchers.</param>
    /// <param name="path">Its path, for problems.</param>
    public static (Discount? Discount, IReadOnlyList<FieldProblem> Problems) Read(JsonElement discount, string path)
    {
        if (discount.ValueKind != JsonValueKind.Object)
        {
            return (null, [new FieldProblem(path, "must be an object")]);
        }

        var problems = new List<FieldProblem>();
        var fields = new ObjectFields(discount, path, problems);
        fields.Require("type");
        Discount? read = fields.Choice<DiscountType>("type") switch
        {
            DiscountType.Amount => Amount(fields),
            DiscountType.Percent => Percent(fields),
            DiscountType.Fixed => Fixed(fields),
            DiscountType.Unit => Unit(fields, path, problems),
            _ => null,
        };
        return (problems.Count == 0 ? read : null, problems);
    }

    /// <summary>What is wrong with the discount or the gift of a voucher, or of what makes vouchers; null where nothing is, or nothing is there.</summary>
    public static FieldProblem? ProblemOf(JsonElement voucher)
    {
        var problems = voucher.TryGetProperty("discount", out var discount) && discount.ValueKind != JsonValueKind.Null ? Read(discount, "discount").Problems
            : voucher.TryGetProperty("gift", out var gift) && gift.ValueKind != JsonValueKind.Null ? ReadGiftEffect(gift, "gift").Problems
            : [];
        return problems is [var first, ..] ? first : null;
    }

    /// <summary>What the credits of a gift card pay: the order, unless its object <c>gift</c> says otherwise.</summary>
    public static (PlainEffect Effect, IReadOnlyList<FieldProblem> Problems) ReadGiftEffect(JsonElement gift, string path)
    {
        var problems = new List<FieldProblem>();
        return (new ObjectFields(gift, path, problems).Choice<PlainEffect>("effect") ?? PlainEffect.ApplyToOrder, problems);
    }

    private static Discount.Amount Amount(ObjectFields fields)
    {
        fields.Require("amount_off");
        return new Discount.Amount(fields.Whole("amount_off", 0, CartLimits.Amount) ?? 0, fields.Choice<AmountEffect>("effect") ?? AmountEffect.ApplyToOrder)
        {
            Formula = fields.Formula("amount_off_formula"),
            AggregatedLimit = fields.Whole("aggregated_amount_limit", 0, CartLimits.Amount),
        };
    }

    private static Discount.Percent Percent(ObjectFields fields)
    {
        fields.Require("percent_off");
        return new Discount.Percent(fields.Number("percent_off", 0, 100) ?? 0, fields.Choice<PlainEffect>("effect") ?? PlainEffect.ApplyToOrder)
        {
            Formula = fields.Formula("percent_off_formula"),
            Limit = fields.Whole("amount_limit", 0, CartLimits.Amount),
            AggregatedLimit = fields.Whole("aggregated_amount_limit", 0, CartLimits.Amount),
        };
    }

    // For items, each of what the discount applies to may have its price.
    private static Discount.Fixed Fixed(ObjectFields fields)
    {
        var effect = fields.Choice<PlainEffect>("effect") ?? PlainEffect.ApplyToOrder;
        if (effect == PlainEffect.ApplyToOrder || fields.Has("fixed_amount_formula"))
        {
            fields.Require("fixed_amount");
        }

        return new Discount.Fixed(fields.Whole("fixed_amount", 0, CartLimits.Amount), effect) { Formula = fields.Formula("fixed_amount_formula") };
    }

    private static Discount.Unit? Unit(ObjectFields fields, string path, List<FieldProblem> problems)
    {
        if ((fields.Choice<UnitsEffect>("effect") ?? UnitsEffect.AddMissingItems) is not UnitsEffect.AddManyItems and var effect)
        {
            return new Discount.Unit([Units(fields, effect == UnitsEffect.AddNewItems ? UnitEffect.AddNewItems : UnitEffect.AddMissingItems)], IsMany: false);
        }

        if (fields.Find("units") is not { ValueKind: JsonValueKind.Array } units || units.GetArrayLength() is < 1 or > MostUnits)
        {
            fields.Refuse("units", $"must be an array of 1 to {MostUnits} units");
            return null;
        }

        var many = ImmutableArray.CreateBuilder<FreeUnits>();
        foreach (var unit in units.EnumerateArray())
        {
            if (unit.ValueKind != JsonValueKind.Object)
            {
                fields.Refuse($"units[{many.Count}]", "must be an object");
                return null;
            }

            var one = new ObjectFields(unit, $"{(path.Length == 0 ? path : path + ".")}units[{many.Count}]", problems);
            one.Require("effect");
            many.Add(Units(one, one.Choice<UnitEffect>("effect") ?? UnitEffect.AddMissingItems));
        }

        return new Discount.Unit(many.ToImmutable(), IsMany: true);
    }

    private static FreeUnits Units(ObjectFields fields, UnitEffect effect)
    {
        fields.Require("unit_type");
        return new FreeUnits(fields.Whole("unit_off", 0, CartLimits.Quantity) ?? 1, fields.Text("unit_type", LongestId) ?? "", effect) { Formula = fields.Formula("unit_off_formula") };
    }
}

/// <summary>What <c>type</c> of a discount says.</summary>
internal enum DiscountType
{
    Amount,
    Percent,
    Fixed,
    Unit,
}

/// <summary>What <c>effect</c> of a discount of units says.</summary>
internal enum UnitsEffect
{
    AddMissingItems,
    AddNewItems,
    AddManyItems,
}
