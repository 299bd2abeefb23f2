using System.Buffers;
using System.Text.Json;

namespace Marketing.MetadataSchemas;

/// <summary>Makes metadata of the cells of a file: each by the type that the schema has for its column, and as a text where it has none. Pure.</summary>
internal sealed class MetadataCells(MetadataSchema? schema)
{
    /// <summary>Without a schema all are texts.</summary>
    public static readonly MetadataCells Texts = new(null);

    /// <summary>A JSON object of the cells that are not empty; null where all are.</summary>
    public RawJson? Read(IEnumerable<(string Column, string Cell)> cells)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var count = 0;
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder }))
        {
            json.WriteStartObject();
            foreach (var (column, cell) in cells.Where(static cell => cell.Cell.Length > 0))
            {
                count++;
                json.WritePropertyName(column);
                if (schema?.Find(column) is { } rule)
                {
                    rule.WriteCell(cell, json);
                }
                else
                {
                    json.WriteStringValue(cell);
                }
            }

            json.WriteEndObject();
        }

        return count == 0 ? null : new RawJson(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Whether the schema says what the column holds.</summary>
    public bool Knows(string column) => schema?.Find(column) is not null;
}
