using System.Text.Json;
using Marketing.Activity;
using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>Messages as entries of a customer's activity.</summary>
internal static class MessageEntries
{
    public static (ActivityPosition Position, ActivityRow Row) Entry(IRow row)
    {
        var number = row.Number(0);
        var type = row.Text(1);
        var at = row.Number(2);
        var entry = new ActivityRow(
            ActivityIds.FormatMessage(number), type, at.ToInstant(), null, "INTERNAL",
            Data(type, row.TextOrNull(3), row.TextOrNull(4), at.ToInstant()));
        return (new ActivityPosition(at, true, number), entry);
    }

    private static byte[] Data(string type, string? distributionId, string? distributionName, DateTimeOffset at)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteStartObject("distribution");
            json.WriteString("id", distributionId);
            json.WriteString("name", distributionName);
            json.WriteString("object", "distribution");
            json.WriteEndObject();
            json.WritePropertyName(type[(type.LastIndexOf('.') + 1)..] + "_at");
            JsonSerializer.Serialize(json, at, WireJson.Options);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
