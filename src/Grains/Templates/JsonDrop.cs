using System.Collections;
using System.Text.Json;
using DotLiquid;

namespace Marketing.Templates;

/// <summary>
/// A JSON object as templates see it. Parsed at the first look, converted value by value: a template that prints one field of a
/// customer pays for that field. Unknown fields are null, so that optional ones print nothing.
/// </summary>
internal sealed class JsonDrop : IIndexable, ILiquidizable, IEnumerable
{
    private readonly ReadOnlyMemory<byte> _utf8;
    private JsonElement _element;

    public JsonDrop(ReadOnlyMemory<byte> utf8) => _utf8 = utf8;

    public JsonDrop(JsonElement element) => _element = element;

    /// <summary>The object; a document that is something else counts as an empty one.</summary>
    public JsonElement Element
    {
        get
        {
            if (_element.ValueKind == JsonValueKind.Undefined)
            {
                _element = JsonElement.Parse(_utf8.IsEmpty ? "{}"u8 : _utf8.Span);
            }

            return _element;
        }
    }

    public object? this[object key] => key is string name ? Find(name) : null;

    public object? this[string name] => Find(name);

    // Everything is contained, as null if need be: the engine would otherwise format an error text for each missing field.
    public bool ContainsKey(object key) => key is string;

    public object ToLiquid() => this;

    public IEnumerator GetEnumerator()
    {
        if (Element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in Element.EnumerateObject())
            {
                yield return new object?[] { property.Name, ValueOf(property.Value) };
            }
        }
    }

    public override string ToString() => Element.GetRawText();

    public static object? ValueOf(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return new JsonDrop(element);
            case JsonValueKind.Array:
                var items = new object?[element.GetArrayLength()];
                var index = 0;
                RenderBudget.Spend(items.Length);
                foreach (var item in element.EnumerateArray())
                {
                    items[index++] = ValueOf(item);
                }

                return items;
            case JsonValueKind.String:
                var text = element.GetString()!;
                RenderBudget.Spend(text.Length);
                return text;
            case JsonValueKind.Number:
                return Number(element);
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                return null;
        }
    }

    private object? Find(string name)
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return Element.TryGetProperty(name, out var value) ? ValueOf(value) : name == "size" ? Element.GetPropertyCount() : null;
    }

    private static object Number(JsonElement element)
    {
        if (element.TryGetInt32(out var small))
        {
            return small;
        }

        if (element.TryGetInt64(out var large))
        {
            return large;
        }

        return element.TryGetDecimal(out var exact) ? exact : element.GetDouble();
    }
}
