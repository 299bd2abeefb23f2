using System.Text.Json;
using Marketing.Filters;

namespace Marketing.ValidationRules;

/// <summary>Reads products, SKUs and collections: an id, or an object with <c>id</c> or <c>source_id</c> and <c>object</c>.</summary>
internal sealed class ItemReader(string place, ItemKind unsaid, FilterProblems problems)
{
    private const int MaxValues = 200;

    private static readonly Dictionary<string, ItemKind> Kinds = new(StringComparer.Ordinal)
    {
        ["product"] = ItemKind.Product,
        ["sku"] = ItemKind.Sku,
        ["products_collection"] = ItemKind.Collection,
    };

    public ItemReference[] Read(JsonElement value)
    {
        IReadOnlyList<JsonElement> values = value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (values.Count is 0 or > MaxValues)
        {
            problems.Add(place, $"takes 1 to {MaxValues} items.");
            return [];
        }

        return [.. values.Select((one, at) => One(value.ValueKind is JsonValueKind.Array ? $"{place}[{at}]" : place, one)).OfType<ItemReference>()];
    }

    public ItemReference? One(string path, JsonElement item)
    {
        if (item.ValueKind is JsonValueKind.String && item.GetString() is { Length: > 0 and <= ValidationRuleLimits.Name } id)
        {
            return new ItemReference(unsaid, id, null);
        }

        if (item.ValueKind is not JsonValueKind.Object)
        {
            problems.Add(path, $"must be an id of 1 to {ValidationRuleLimits.Name} characters, or an object with id or source_id, and object.");
            return null;
        }

        var reader = new PartReader(path, item, problems);
        var kind = reader.OneOf("object", [.. Kinds.Keys]) is { } word ? Kinds[word] : unsaid;
        var (own, source) = (reader.Text("id"), reader.Text("source_id"));
        if (own is null && source is null)
        {
            problems.Add(path, "must have an id or a source_id.");
            return null;
        }

        return new ItemReference(kind, own, source);
    }
}
