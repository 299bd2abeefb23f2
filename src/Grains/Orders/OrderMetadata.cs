using System.Text.Json;
using Marketing.Catalogue;
using Marketing.MetadataSchemas;

namespace Marketing.Orders;

/// <summary>Whether the metadata of an order and of its items is as the project's schemas say: asked before every commit that writes an order.</summary>
internal static class OrderMetadata
{
    public static IReadOnlyList<FieldProblem> ProblemsOf(CatalogueSnapshot catalogue, OrderChange change)
    {
        var schemas = catalogue.MetadataSchemas;
        if (schemas.Of("order") is null && schemas.Of("order_item") is null)
        {
            return [];
        }

        using var order = JsonDocument.Parse(change.Document.Utf8);
        var problems = new List<FieldProblem>();
        problems.AddRange(schemas.ProblemsOf("order", change.Metadata, Metadata(order.RootElement), change.Version == 0));
        if (change.HasItems && order.RootElement.TryGetProperty("items", out var items))
        {
            // They take the place of those that were there, as a whole.
            var at = 0;
            foreach (var item in items.EnumerateArray())
            {
                var metadata = Metadata(item);
                problems.AddRange(schemas.ProblemsOf("order_item", metadata, metadata, isNew: true, $"items[{at++}]."));
            }
        }

        return problems;
    }

    private static RawJson? Metadata(JsonElement of) => of.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? RawJson.From(metadata) : null;
}
