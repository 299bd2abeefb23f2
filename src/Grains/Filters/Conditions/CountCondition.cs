namespace Marketing.Filters;

/// <summary>Number of elements. Only an array has one: what is missing or a single value meets no count, not even 0.</summary>
internal sealed class CountCondition(Func<int, bool> accepts) : Condition
{
    public override bool Holds(FieldValue value, long now) => value.Kind is FieldValueKind.Array && accepts(value.Count);
}
