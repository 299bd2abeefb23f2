using System.Text.Json;

namespace Marketing.Orders;

/// <summary>
/// What is kept of an order change under its idempotency key: which order it was. What is in the order is kept in the order only, so nothing of it is left when it is
/// deleted.
/// </summary>
internal static class RecordedOrder
{
    public static byte[] Write(string orderId) => JsonSerializer.SerializeToUtf8Bytes(new { id = orderId });

    public static string Read(byte[] result)
    {
        using var document = JsonDocument.Parse(result);
        return document.RootElement.GetProperty("id").GetString()!;
    }
}
