using System.Text.Json;
using System.Text.Json.Nodes;

namespace Marketing.Categories;

/// <summary>The category of an object, which a body names by <c>category_id</c> or, with its name, by <c>category</c>. Its id is what is stored, so that a new name is everywhere at once. Pure.</summary>
internal static class CategoryChoice
{
    public const string IdField = "category_id";
    public const string NameField = "category";

    /// <summary>Fields of a body with the id in place of whatever names the category, null where it is to have none; or what is wrong.</summary>
    /// <param name="given">Fields as they were given.</param>
    /// <param name="categories">Those that there are.</param>
    public static (RawJson Fields, FieldProblem? Problem) Settle(RawJson given, CategorySection categories)
    {
        var fields = given.ToElement();
        var (hasId, hasName) = (fields.TryGetProperty(IdField, out var id), fields.TryGetProperty(NameField, out var name));
        if (!hasId && !hasName)
        {
            return (given, null);
        }

        var byId = TextOf(id) is { } wanted ? categories.Find(wanted) : null;
        if (TextOf(id) is not null && byId is null)
        {
            return (given, new FieldProblem(IdField, "must be the id of a category that there is"));
        }

        var byName = TextOf(name) is { } called ? byId?.Name == called ? byId : categories.FindByName(called) : null;
        if (TextOf(name) is not null && byName is null)
        {
            return (given, new FieldProblem(NameField, "must be the name of a category that there is"));
        }

        if (byId is not null && byName is not null && byId != byName)
        {
            return (given, new FieldProblem(NameField, $"must be the name of the category with the {IdField}, or be left out"));
        }

        var settled = JsonNode.Parse(given.Utf8.Span)!.AsObject();
        settled.Remove(NameField);
        settled[IdField] = (byId ?? byName)?.Id;
        return (new RawJson(JsonSerializer.SerializeToUtf8Bytes(settled, WireJson.Options)), null);
    }

    /// <summary>The id in fields that were settled; null for none of its own.</summary>
    public static string? IdOf(JsonElement fields) => fields.TryGetProperty(IdField, out var id) ? TextOf(id) : null;

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
