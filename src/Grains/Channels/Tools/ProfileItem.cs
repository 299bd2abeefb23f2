using System.Text.Json;

namespace Marketing.Channels.Tools;

/// <summary>What a tool is to know of a customer.</summary>
/// <param name="MessageId">Stable over retries.</param>
/// <param name="CustomerId">Our id.</param>
/// <param name="SourceId">The shop's id, by which tools know customers; null for none.</param>
/// <param name="Email">Null for none.</param>
/// <param name="Phone">E.164; null for none.</param>
/// <param name="Attributes">Names as the tool has them, and what they become.</param>
internal sealed record ProfileItem(string MessageId, string CustomerId, string? SourceId, string? Email, string? Phone, IReadOnlyDictionary<string, string> Attributes) : ProviderItem(MessageId);

/// <summary>What can be put into a profile, out of the data of a message.</summary>
internal static class ProfileFields
{
    public const string Code = "code";
    public const string PromotionId = "promotion_id";

    // Where each is in the objects of a message.
    private static readonly (string Field, string[] Path)[] Paths =
    [
        (Code, ["voucher", "code"]), ("value", ["voucher", "value"]), ("balance", ["voucher", "gift", "balance"]), ("publication_date", ["publication", "created_at"]),
        ("expiration_date", ["voucher", "expiration_date"]), ("qr_url", ["voucher", "qr_url"]), ("barcode_url", ["voucher", "barcode_url"]),
        ("campaign", ["campaign", "name"]), (PromotionId, ["promotion_tier", "id"]), ("promotion_name", ["promotion_tier", "name"]), ("promotion_banner", ["promotion_tier", "banner"]),
    ];

    /// <summary>The names by which a connection says what goes where.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Paths.Select(static path => path.Field), "preference_center_url"];

    /// <summary>What a message has of them.</summary>
    public static IReadOnlyDictionary<string, string> Of(OutboundMessage message)
    {
        var data = JsonElement.Parse(message.Trigger.Data.Span);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, path) in Paths)
        {
            if (At(data, path) is { Length: > 0 } text)
            {
                values[field] = text;
            }
        }

        if (message.UnsubscribeUrl is { } url)
        {
            values["preference_center_url"] = url;
        }

        return values;
    }

    /// <summary>A text of a document; null where there is none.</summary>
    public static string? At(JsonElement value, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }
}
