using System.Text.Json;

namespace Marketing.Categories;

/// <summary>Categories in objects that are in one.</summary>
internal static class CategoryShape
{
    /// <summary>Writes the whole category into a list, or leaves the list empty.</summary>
    /// <param name="category">The category; null for none.</param>
    /// <param name="json">Where to.</param>
    /// <param name="stacking">How it goes together with others, where it is not as usual.</param>
    public static void WriteList(Category? category, Utf8JsonWriter json, string? stacking = null)
    {
        json.WriteStartArray("categories"u8);
        if (category is not null)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, category.Id);
            json.WriteString("name"u8, category.Name);
            json.WriteNumber("hierarchy"u8, category.Hierarchy);
            json.WriteString("created_at"u8, WireJson.Text(category.CreatedAt));
            if (category.UpdatedAt is { } updated)
            {
                json.WriteString("updated_at"u8, WireJson.Text(updated));
            }

            json.WriteString("object"u8, "category"u8);
            if (stacking is not null)
            {
                json.WriteString("stacking_rules_type"u8, stacking);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
