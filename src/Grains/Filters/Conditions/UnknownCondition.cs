namespace Marketing.Filters;

/// <summary>Whether nothing is there: no field, null or an empty text. An empty array is something.</summary>
internal sealed class UnknownCondition : Condition
{
    public override bool Holds(FieldValue value, long now) => value.IsUnknown;
}
