using System.Text.Json;
using Marketing.Products;
using Marketing.Rewards;
using Marketing.Vouchers;

namespace Marketing.Redemptions;

/// <summary>The reward of a redemption in the wire format.</summary>
internal static class RedeemedRewardJson
{
    /// <param name="reward">What the card paid for.</param>
    /// <param name="voucher">The code or card that is given, as it is then; null for none.</param>
    /// <param name="forMessage">Whether it is read by people: with what they scan.</param>
    /// <param name="json">Where to.</param>
    public static void Write(RewardCase reward, VoucherView? voucher, bool forMessage, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("assignment_id"u8, reward.Assignment!.Id);
        json.WritePropertyName("voucher"u8);
        if (voucher is not null && forMessage)
        {
            VoucherShape.WriteForMessage(voucher, json);
        }
        else
        {
            VoucherShape.Write(voucher, json);
        }

        json.WritePropertyName("product"u8);
        WriteOrNull(ProductShape.Product, reward.Offer?.Product, json);
        json.WritePropertyName("sku"u8);
        WriteOrNull(ProductShape.Sku, reward.Offer?.Sku, json);
        json.WriteString("loyalty_tier_id"u8, reward.Tier?.Id);
        RewardJson.WriteFields(reward.Reward!, json);
        json.WriteEndObject();
    }

    /// <summary>The same of one that is stored, with whoever redeemed it.</summary>
    public static void Write(RedeemedReward reward, Action<Utf8JsonWriter> writeCustomer, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WritePropertyName("customer"u8);
        writeCustomer(json);
        foreach (var field in reward.Shown.ToElement().EnumerateObject())
        {
            field.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteOrNull(Shapes.Shape shape, object? of, Utf8JsonWriter json)
    {
        if (of is null)
        {
            json.WriteNullValue();
        }
        else
        {
            shape.Write(json, of);
        }
    }
}
