using System.Globalization;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary>Values compared as in the reference implementation; where that one fails for their types, they are not in that order.</summary>
internal static class LiquidComparison
{
    public static readonly IReadOnlyDictionary<string, Func<FluidValue, FluidValue, bool>> All = new Dictionary<string, Func<FluidValue, FluidValue, bool>>
    {
        ["=="] = Same,
        ["!="] = (left, right) => !Same(left, right),
        ["<>"] = (left, right) => !Same(left, right),
        ["<"] = (left, right) => Order(left, right) < 0,
        [">"] = (left, right) => Order(left, right) > 0,
        ["<="] = (left, right) => Order(left, right) <= 0,
        [">="] = (left, right) => Order(left, right) >= 0,
        ["contains"] = Contains,
    };

    public static bool Same(FluidValue left, FluidValue right) =>
        left is BaseNilValue || right is BaseNilValue ? left is BaseNilValue or BlankValue && right is BaseNilValue or BlankValue : left.Equals(right);

    /// <summary>Null when the two have no order. A number and a text that is one are compared as numbers, because imports make texts of numbers.</summary>
    public static int? Order(FluidValue left, FluidValue right) =>
        left is StringValue && right is StringValue ? string.CompareOrdinal(left.ToStringValue(), right.ToStringValue())
        : Number(left) is { } one && Number(right) is { } other ? one.CompareTo(other) : null;

    private static bool Contains(FluidValue left, FluidValue right) => !right.IsNil() && left switch
    {
        StringValue text => text.ToStringValue().Contains(LiquidText.Of(right), StringComparison.Ordinal),
        ArrayValue list => list.Values.Any(item => Same(item, right)),
        _ => left.Contains(right),
    };

    private static decimal? Number(FluidValue value) => value is NumberValue ? value.ToNumberValue()
        : value is StringValue && decimal.TryParse(value.ToStringValue(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
