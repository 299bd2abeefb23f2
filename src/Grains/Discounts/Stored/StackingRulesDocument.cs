using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketing.Json;

namespace Marketing.Discounts;

/// <summary>Stacking rules as they are stored and shown. What was said is stored, not what it means: a default gives way to what is said later. Pure.</summary>
internal static class StackingRulesDocument
{
    private static readonly FrozenSet<string> Names = View(null).ToElement().EnumerateObject().Select(static field => field.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is said of them after a change: what is given takes the place of what was there.</summary>
    public static RawJson After(RawJson? present, RawJson given)
    {
        var said = JsonNode.Parse((present ?? RawJson.EmptyObject).Utf8.Span)!.AsObject();
        foreach (var field in given.ToElement().EnumerateObject().Where(static field => Names.Contains(field.Name)))
        {
            said[field.Name] = field.Value.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(field.Value.GetRawText());
        }

        return new RawJson(JsonSerializer.SerializeToUtf8Bytes(said, WireJson.Options));
    }

    /// <summary>In the wire format, with every field; those that nobody has stored have the defaults and no id.</summary>
    public static RawJson View(StackingRulesRow? row) => WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        if (row is not null)
        {
            json.WriteString("id"u8, row.Id);
        }

        StackingRulesWriter.WriteFields(json, row is null ? StackingRules.Default : Read(row).Rules ?? StackingRules.Default);
        if (row is not null)
        {
            json.WriteString("created_at"u8, WireJson.Text(row.CreatedAt));
            if (row.UpdatedAt is { } updated)
            {
                json.WriteString("updated_at"u8, WireJson.Text(updated));
            }
        }

        json.WriteEndObject();
    });

    /// <summary>What they mean; null where that is not understood.</summary>
    public static (StackingRules? Rules, IReadOnlyList<FieldProblem> Problems) Read(StackingRulesRow row) => StackingRulesReader.Read(row.Said.ToElement());
}
