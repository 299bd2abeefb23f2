using System.Text.Json;
using Marketing.Filters;
using Marketing.Shapes;

namespace Marketing.ProductCollections;

/// <summary>Filters of collections, which are about products and SKUs alike.</summary>
internal static class CollectionFilters
{
    private const string NoJunction = "must be a filter with a 'junction', \"and\" or \"or\".";

    /// <summary>What a filter may ask of both. The attributes of a product are names; of a SKU they are keys with values.</summary>
    public static readonly Shape Shape = new("product", "A product or a SKU")
    {
        Fields =
        [
            Fields<CollectionItem>.Text("id", item => item.Id), Fields<CollectionItem>.Text("source_id", item => item.SourceId),
            Fields<CollectionItem>.Text("product_id", item => item.ProductId), Fields<CollectionItem>.Text("name", item => item.Name),
            Fields<CollectionItem>.Number("price", item => item.Price) with { MissingIsZero = false },
            Fields.List("attributes", "What the SKUs of a product differ in") with { IsFiltered = true },
            Fields<CollectionItem>.Keys("attributes", "What a SKU is in each of these", item => item.Attributes),
            Fields<CollectionItem>.Text("image_url", item => item.ImageUrl), Fields<CollectionItem>.Keys("metadata", "The shop's own attributes", item => item.Metadata),
            Fields<CollectionItem>.Instant("created_at", item => item.CreatedAt), Fields<CollectionItem>.Instant("updated_at", item => item.UpdatedAt),
            Fields<CollectionItem>.Text("object", item => item.IsSku ? "sku" : "product"),
        ],
    };

    private static readonly FilterSubject Subject = new(Shape);

    /// <summary>Understands a filter or says where and why it cannot; never throws, whatever the bytes.</summary>
    public static FilterParseResult Parse(RawJson filter, FilterSettings settings) => FilterParser.Parse(filter.Utf8, Subject, settings);

    /// <summary>What is wrong with a filter that is given, by the paths of the body it is in; empty when nothing is.</summary>
    public static IReadOnlyList<FieldProblem> ProblemsOf(RawJson filter)
    {
        var problems = Parse(filter, FilterSettings.Default) is FilterParseResult.Malformed malformed
            ? malformed.Problems.Select(problem => new FieldProblem(problem.Path.Length == 0 ? "filter" : $"filter.{problem.Path}", problem.Message)).ToList()
            : [];
        if (!HasJunction(filter))
        {
            problems.Insert(0, new FieldProblem("filter", NoJunction));
        }

        return problems;
    }

    private static bool HasJunction(RawJson filter)
    {
        using var document = JsonDocument.Parse(filter.Utf8);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("junction", out _);
    }
}
