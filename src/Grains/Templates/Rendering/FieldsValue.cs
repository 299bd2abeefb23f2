using Fluid;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary>A value that has fields.</summary>
internal abstract class FieldsValue : FluidValue
{
    public override FluidValues Type => FluidValues.Dictionary;

    /// <summary>The field, or nil.</summary>
    public abstract FluidValue Find(string name);

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) => new(Find(name));

    public override ValueTask<FluidValue> GetIndexAsync(FluidValue index, TemplateContext context) => new(Find(index.ToStringValue()));

    public override bool Equals(FluidValue? other) => ReferenceEquals(this, other);

    public override bool Equals(object? other) => other is FluidValue value && Equals(value);

    public override int GetHashCode() => 0;

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => 1;

    public override string ToStringValue() => "";

    public override object ToObjectValue() => this;
}
