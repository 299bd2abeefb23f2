using System.Text.Json;
using Fluid;
using Fluid.Values;

namespace Marketing.Templates;

/// <summary>
/// A JSON object as templates see it. Parsed at the first look, converted value by value: a template that prints one field of a
/// customer pays for that field. Unknown fields are nil, so that optional ones print nothing.
/// </summary>
internal sealed class JsonFields : FieldsValue
{
    private readonly ReadOnlyMemory<byte> _utf8;
    private JsonElement _element;

    public JsonFields(ReadOnlyMemory<byte> utf8) => _utf8 = utf8;

    public JsonFields(JsonElement element) => _element = element;

    public JsonElement Element => _element.ValueKind != JsonValueKind.Undefined ? _element
        : _element = JsonElement.Parse(_utf8.IsEmpty ? "{}"u8 : _utf8.Span);

    private bool IsObject => Element.ValueKind == JsonValueKind.Object;

    public bool TryGet(string name, out FluidValue value)
    {
        var found = default(JsonElement);
        var has = IsObject && Element.TryGetProperty(name, out found);
        value = has ? Of(found) : NilValue.Instance;
        return has;
    }

    public override FluidValue Find(string name) => !TryGet(name, out var value) && name == "size" ? NumberValue.Create(ToNumberValue()) : value;

    public override IEnumerable<FluidValue> Enumerate(TemplateContext context) =>
        IsObject ? Element.EnumerateObject().Select(property => new ArrayValue([StringValue.Create(property.Name), Of(property.Value)])) : [];

    public override bool Contains(FluidValue value) => TryGet(value.ToStringValue(), out _);

    public override bool Equals(FluidValue? other) => other is JsonFields fields ? fields.ToStringValue() == ToStringValue() : other is EmptyValue or BlankValue && ToNumberValue() == 0;

    public override int GetHashCode() => ToStringValue().GetHashCode(StringComparison.Ordinal);

    public override decimal ToNumberValue() => IsObject ? Element.GetPropertyCount() : 0;

    public override string ToStringValue()
    {
        var text = Element.GetRawText();
        RenderBudget.Spend(text.Length);
        return text;
    }

    public static FluidValue Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return new JsonFields(element);
            case JsonValueKind.Array:
                RenderBudget.CheckItems(element.GetArrayLength());
                return new ArrayValue([.. element.EnumerateArray().Select(Of)]);
            case JsonValueKind.String:
                var text = element.GetString()!;
                RenderBudget.Spend(text.Length);
                return new StringValue(text);
            case JsonValueKind.Number:
                return element.TryGetDecimal(out var number) ? NumberValue.Create(number) : new StringValue(element.GetRawText());
            case JsonValueKind.True or JsonValueKind.False:
                return BooleanValue.Create(element.ValueKind == JsonValueKind.True);
            default:
                return NilValue.Instance;
        }
    }
}
