namespace Marketing.Filters;

/// <summary>More or less than a number.</summary>
internal sealed class NumberCondition(Comparison comparison, decimal operand) : ScalarCondition
{
    protected override bool HoldsFor(FieldValue value, long now) =>
        value.TryGetNumber(out var number) && comparison.Accepts(number.CompareTo(operand));
}
