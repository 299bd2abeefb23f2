using System.Buffers;
using System.Text.Json;

namespace Marketing.Redemptions;

/// <summary>The answer to a validation of one code or one promotion tier, as older clients know it.</summary>
internal static class SingleValidation
{
    private static readonly string[] OfTiers = ["id", "object", "name", "banner", "hierarchy", "start_date", "expiration_date", "campaign", "campaign_id", "metadata"];

    public static RawJson Of(ValidationResult.Decided decided, string code, RedemptionCommand command)
    {
        var (redeemable, voucher) = (decided.First.Redeemable.ToElement(), decided.First.Entity?.ToElement() ?? default);
        return Write(decided, command, json =>
        {
            json.WriteString("code", voucher.ValueKind == JsonValueKind.Object ? voucher.GetProperty("code").GetString() : code);
            WriteOutcome(decided, redeemable, voucher, json);
            foreach (var name in (ReadOnlySpan<string>)["campaign", "campaign_id", "metadata", "start_date", "expiration_date"])
            {
                if (voucher.ValueKind == JsonValueKind.Object)
                {
                    json.WritePropertyName(name);
                    Copy(voucher, name, json);
                }
            }

            if (decided.Valid && decided.Document.ToElement().TryGetProperty("session", out var session))
            {
                json.WritePropertyName("session");
                session.WriteTo(json);
            }
        });
    }

    public static RawJson OfTier(ValidationResult.Decided decided, RedemptionCommand command)
    {
        var (redeemable, tier) = (decided.First.Redeemable.ToElement(), decided.First.Entity!.ToElement());
        return Write(decided, command, json =>
        {
            foreach (var field in tier.EnumerateObject().Where(static field => OfTiers.Contains(field.Name)))
            {
                field.WriteTo(json);
            }

            WriteOutcome(decided, redeemable, tier, json);
            if (decided.Valid && redeemable.TryGetProperty("order", out var order))
            {
                foreach (var (name, of) in new[] { ("discount_amount", "total_discount_amount"), ("applied_discount_amount", "total_applied_discount_amount") })
                {
                    json.WritePropertyName(name);
                    Copy(order, of, json);
                }
            }
        });
    }

    private static RawJson Write(ValidationResult.Decided decided, RedemptionCommand command, Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireJson.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", decided.Valid);
            fields(json);
            json.WriteString("customer_id", command.CustomerId);
            json.WriteString("tracking_id", command.TrackingId ?? command.CustomerId);
            json.WriteEndObject();
        }

        return new RawJson(buffer.WrittenSpan.ToArray());
    }

    private static void WriteOutcome(ValidationResult.Decided decided, JsonElement redeemable, JsonElement entity, Utf8JsonWriter json)
    {
        if (decided.Valid)
        {
            WriteValid(redeemable, entity, json);
            return;
        }

        json.WriteString("reason", decided.First.Error?.ShopMessage ?? decided.First.Error?.Message);
        json.WritePropertyName("error");
        Copy(redeemable.GetProperty("result"), "error", json);
    }

    private static void WriteValid(JsonElement redeemable, JsonElement voucher, Utf8JsonWriter json)
    {
        foreach (var name in (ReadOnlySpan<string>)["applicable_to", "inapplicable_to"])
        {
            json.WritePropertyName(name);
            Copy(redeemable, name, json);
        }

        var result = redeemable.GetProperty("result");
        foreach (var name in (ReadOnlySpan<string>)["discount", "gift", "loyalty_card"])
        {
            if (result.TryGetProperty(name, out var worth))
            {
                json.WritePropertyName(name);
                (name == "gift" ? voucher.GetProperty("gift") : worth).WriteTo(json);
            }
        }

        if (redeemable.TryGetProperty("order", out var order))
        {
            json.WritePropertyName("order");
            order.WriteTo(json);
        }
    }

    private static void Copy(JsonElement from, string name, Utf8JsonWriter json)
    {
        if (from.TryGetProperty(name, out var value))
        {
            value.WriteTo(json);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
