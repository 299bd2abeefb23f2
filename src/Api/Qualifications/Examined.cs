using System.Text.Json.Nodes;

namespace Marketing.Qualifications;

/// <summary>Entries of a qualification in the words of older clients. Pure.</summary>
internal static class Examined
{
    /// <summary>A promotion tier.</summary>
    /// <param name="redeemable">The entry.</param>
    /// <param name="tier">The tier.</param>
    /// <param name="trackingId">Of the request; null for none.</param>
    public static JsonObject Promotion(JsonObject redeemable, JsonObject tier, string? trackingId)
    {
        var promotion = new JsonObject { ["valid"] = true };
        Copy(redeemable, promotion, "applicable_to", "inapplicable_to");
        if (trackingId is not null)
        {
            promotion["tracking_id"] = trackingId;
        }

        Copy(redeemable, promotion, "order");
        Copy(tier, promotion, "id", "name", "banner");
        promotion["discount"] = redeemable["result"]?["discount"]?.DeepClone();
        Copy(tier, promotion, "start_date", "expiration_date", "campaign", "hierarchy");
        if (redeemable["order"] is JsonObject order)
        {
            promotion["discount_amount"] = order["total_discount_amount"]?.DeepClone();
            promotion["applied_discount_amount"] = order["total_applied_discount_amount"]?.DeepClone();
        }

        Copy(tier, promotion, "metadata", "category_id");
        Copy(redeemable, promotion, "categories");
        promotion["object"] = "promotion_tier";
        return promotion;
    }

    /// <summary>Promotion tiers together.</summary>
    public static JsonObject Promotions(IReadOnlyList<JsonObject> promotions, string? trackingId)
    {
        var answer = new JsonObject { ["valid"] = promotions.Count > 0 };
        if (trackingId is not null)
        {
            answer["tracking_id"] = trackingId;
        }

        answer["promotions"] = new JsonArray([.. promotions]);
        return answer;
    }

    /// <summary>A voucher with what its discount goes to.</summary>
    public static JsonObject Voucher(JsonObject redeemable, JsonObject voucher)
    {
        var shown = voucher.DeepClone().AsObject();
        Copy(redeemable, shown, "applicable_to", "inapplicable_to");
        return shown;
    }

    /// <summary>A list of objects.</summary>
    /// <param name="objects">All of them, the newest first.</param>
    /// <param name="order">What they are sorted by, with a leading <c>-</c> to go down.</param>
    /// <param name="limit">The most that are answered.</param>
    /// <param name="trackingId">Of the request; null for none.</param>
    /// <param name="now">When.</param>
    public static JsonObject List(IReadOnlyList<JsonObject> objects, string order, int limit, string? trackingId, DateTimeOffset now)
    {
        var field = order.TrimStart('-') is "campaign" ? "name" : order.TrimStart('-');
        string Key(JsonObject one) => one[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        var sorted = order.StartsWith('-') ? objects.OrderByDescending(Key, StringComparer.Ordinal) : objects.OrderBy(Key, StringComparer.Ordinal);
        var list = new JsonObject
        {
            ["object"] = "list",
            ["data_ref"] = "data",
            ["data"] = new JsonArray([.. sorted.Take(limit).Select(static one => one.DeepClone())]),
            ["total"] = objects.Count,
            ["id"] = ObjectIds.New("qfl_"),
            ["created_at"] = WireJson.Text(now),
        };
        if (trackingId is not null)
        {
            list["tracking_id"] = trackingId;
        }

        return list;
    }

    private static void Copy(JsonObject from, JsonObject to, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (from[name] is { } value)
            {
                to[name] = value.DeepClone();
            }
        }
    }
}
