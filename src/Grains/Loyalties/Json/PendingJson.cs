using System.Text.Json;

namespace Marketing.Loyalties;

/// <summary>Points that wait, in the wire format.</summary>
internal static class PendingJson
{
    public static PendingDocument Read(PendingRow row) => JsonSerializer.Deserialize<PendingDocument>(row.Document.Utf8.Span, WireJson.Options)!;

    public static RawJson Stored(PendingDocument document) => new(JsonSerializer.SerializeToUtf8Bytes(document, WireJson.Options));

    /// <summary>What a change of points says of them once they are points.</summary>
    public static RawJson DetailsOf(PendingRow row) => Read(row).Details;

    public static void Write(PendingRow row, string voucherId, string? campaignId, string? customerId, Utf8JsonWriter json)
    {
        var document = Read(row);
        json.WriteStartObject();
        json.WriteString("id"u8, row.Id);
        json.WriteString("voucher_id"u8, voucherId);
        json.WriteString("campaign_id"u8, campaignId);
        json.WriteString("customer_id"u8, customerId);
        json.WriteString("order_id"u8, document.Order);
        json.WriteNumber("points"u8, row.Points);
        json.WriteString("activates_at"u8, LoyaltyJson.Day(row.Day));
        json.WritePropertyName("details"u8);
        json.WriteRawValue(document.Details.Utf8.Span, skipInputValidation: true);
        json.WriteString("created_at"u8, WireJson.Text(row.CreatedAt));
        if (row.UpdatedAt is { } updated)
        {
            json.WriteString("updated_at"u8, WireJson.Text(updated));
        }

        json.WriteEndObject();
    }
}
