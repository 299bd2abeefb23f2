using System.Text.Json;
using Marketing.Campaigns;
using Marketing.Carts;
using Marketing.Categories;
using Marketing.Discounts;
using Marketing.Json;
using Marketing.ValidationRules;

namespace Marketing.Redemptions;

/// <summary>What became of redeemables, in the wire format.</summary>
internal static class RedeemableJson
{
    /// <summary>Those that were asked for and not applied, as the fields <c>inapplicable_redeemables</c> and <c>skipped_redeemables</c> of an object; null where all were applied.</summary>
    public static RawJson? PassedOver(Decided decided) => decided.Redeemables.All(static one => one.Status == StackingStatus.Applicable) ? null : WrittenJson.Of(json =>
    {
        json.WriteStartObject();
        WritePassedOver(decided, json);
        json.WriteEndObject();
    });

    /// <summary>Writes the same fields into an object, each where there is any.</summary>
    public static void WritePassedOver(Decided decided, Utf8JsonWriter json)
    {
        foreach (var (name, status) in new[] { ("inapplicable_redeemables", StackingStatus.Inapplicable), ("skipped_redeemables", StackingStatus.Skipped) })
        {
            var those = decided.Redeemables.Where(one => one.Status == status).ToList();
            if (those.Count == 0)
            {
                continue;
            }

            json.WriteStartArray(name);
            foreach (var one in those)
            {
                Write(one, decided.Case, order: default, json);
            }

            json.WriteEndArray();
        }
    }

    /// <summary>One redeemable.</summary>
    /// <param name="one">What became of it.</param>
    /// <param name="given">What it was decided by.</param>
    /// <param name="order">What its order is written on; undefined where nothing is bought.</param>
    /// <param name="json">Where to.</param>
    public static void Write(DecidedRedeemable one, RedemptionCase given, JsonElement order, Utf8JsonWriter json)
    {
        var redeemable = one.Redeemable;
        json.WriteStartObject();
        json.WriteString("status"u8, one.Status switch { StackingStatus.Applicable => "APPLICABLE"u8, StackingStatus.Skipped => "SKIPPED"u8, _ => "INAPPLICABLE"u8 });
        json.WriteString("id"u8, redeemable.Reference);
        json.WriteString("object"u8, redeemable.Type);
        WriteFields(one, given, order, json);
        json.WriteEndObject();
    }

    /// <summary>Writes the fields that say what it does and what it is, without those that say which.</summary>
    /// <inheritdoc cref="Write" path="/param"/>
    public static void WriteFields(DecidedRedeemable one, RedemptionCase given, JsonElement order, Utf8JsonWriter json)
    {
        if (one.Status == StackingStatus.Applicable)
        {
            if (order.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName("order"u8);
                CartWriter.Write(json, order, one.Applied!.After);
            }

            WriteItems("applicable_to"u8, one, static items => items.Included, given.Now, json);
            WriteItems("inapplicable_to"u8, one, static items => items.Excluded, given.Now, json);
        }

        json.WriteStartObject("result"u8);
        WriteResult(one, given, json);
        json.WriteEndObject();
        WriteDescription(one.Redeemable, given.Stacking, json);
    }

    public static void WriteError(RedemptionError error, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("code"u8, error.Code);
        json.WriteString("key"u8, error.Key);
        json.WriteString("message"u8, error.Message);
        json.WriteString("details"u8, error.Details);
        if (error.ResourceId is not null)
        {
            json.WriteString("resource_id"u8, error.ResourceId);
            json.WriteString("resource_type"u8, error.ResourceType);
        }

        if (error.ShopMessage is not null)
        {
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, error.ShopMessage);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteResult(DecidedRedeemable one, RedemptionCase given, Utf8JsonWriter json)
    {
        switch (one.Status)
        {
            case StackingStatus.Applicable when one.Redeemable.IsGift:
                json.WriteStartObject("gift"u8);
                json.WriteNumber("balance"u8, one.Redeemable.Voucher!.Balance);
                json.WriteNumber("credits"u8, one.Credits);
                if (given.ShowsHeldCredits)
                {
                    json.WriteNumber("locked_credits"u8, one.Redeemable.Voucher.HeldCredits);
                }

                json.WriteEndObject();
                break;
            case StackingStatus.Applicable when one.Redeemable.Reward is not null:
                json.WriteStartObject("loyalty_card"u8);
                json.WriteNumber("points"u8, one.Points);
                json.WriteEndObject();
                break;
            case StackingStatus.Applicable:
                json.WritePropertyName("discount"u8);
                DiscountWriter.Write(json, one.Redeemable.Discount!, given.Products, one.Applied);
                break;
            case StackingStatus.Inapplicable:
                json.WritePropertyName("error"u8);
                WriteError(one.Error!, json);
                WriteDetail(new StackingDetail(one.Error!.Key, one.Error.ShopMessage ?? one.Error.Message), json);
                break;
            default:
                WriteDetail(one.Detail!, json);
                break;
        }

        if (one.Bundle is { } bundle)
        {
            WriteBundle(bundle, json);
        }
    }

    private static void WriteDetail(StackingDetail detail, Utf8JsonWriter json)
    {
        json.WriteStartObject("details"u8);
        json.WriteString("key"u8, detail.Key);
        json.WriteString("message"u8, detail.Message);
        json.WriteEndObject();
    }

    private static void WriteBundle(BundleFinding bundle, Utf8JsonWriter json)
    {
        json.WriteStartObject("bundle"u8);
        json.WriteNumber("quantity"u8, bundle.Quantity);
        json.WriteNumber("limit"u8, bundle.Limit);
        json.WriteStartArray("identified"u8);
        foreach (var item in bundle.Identified)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, item.Id);
            json.WriteString("object"u8, item.IsSku ? "sku"u8 : "product"u8);
            json.WriteNumber("item_index"u8, item.Line);
            json.WriteNumber("item_quantity"u8, item.Quantity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("missing"u8);
        foreach (var lack in bundle.Missing)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, lack.Item.Id ?? lack.Item.SourceId);
            json.WriteString("object"u8, Name(lack.Item.Kind));
            json.WriteNumber("item_quantity"u8, lack.Quantity);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteItems(
        ReadOnlySpan<byte> name, DecidedRedeemable one, Func<ApplicableItems, IReadOnlyList<ApplicableTo>> of, DateTimeOffset now, Utf8JsonWriter json)
    {
        var items = one.Redeemable.Rules.Select(static rule => rule.Rule).OfType<CompiledRule>().SelectMany(rule => of(rule.ApplicableTo)).Where(static item => item.Item is not null).ToList();
        var lines = one.Applied?.After.Lines ?? [];
        json.WriteStartObject(name);
        json.WriteStartArray("data"u8);
        foreach (var item in items)
        {
            json.WriteStartObject();
            json.WriteString("object"u8, Name(item.Item!.Kind));
            json.WriteString("id"u8, item.Item.Id ?? item.Item.SourceId);
            Text("source_id"u8, item.Item.SourceId, json);
            Text("product_id"u8, item.ProductId, json);
            Text("product_source_id"u8, item.ProductSourceId, json);
            json.WriteString("effect"u8, item.Effect switch
            {
                ApplicableEffect.Cheapest => "APPLY_TO_CHEAPEST",
                ApplicableEffect.FromCheapest => "APPLY_FROM_CHEAPEST",
                ApplicableEffect.MostExpensive => "APPLY_TO_MOST_EXPENSIVE",
                ApplicableEffect.FromMostExpensive => "APPLY_FROM_MOST_EXPENSIVE",
                _ => ApplicableReader.NoEffect,
            });
            Number("quantity_limit"u8, item.QuantityLimit, json);
            Number("aggregated_quantity_limit"u8, item.AggregatedQuantityLimit, json);
            Number("amount_limit"u8, item.AmountLimit, json);
            Number("aggregated_amount_limit"u8, item.AggregatedAmountLimit, json);
            Number("price"u8, item.Price, json);
            json.WriteStartArray("order_item_indices"u8);
            for (var at = 0; at < lines.Length; at++)
            {
                if (item.Matches(lines[at], now))
                {
                    json.WriteNumberValue(at);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("total"u8, items.Count);
        json.WriteString("data_ref"u8, "data"u8);
        json.WriteString("object"u8, "list"u8);
        json.WriteEndObject();
    }

    private static void WriteDescription(CaseRedeemable redeemable, StackingRules stacking, Utf8JsonWriter json)
    {
        json.WritePropertyName("metadata"u8);
        if (redeemable.Metadata.ValueKind == JsonValueKind.Object)
        {
            redeemable.Metadata.WriteTo(json);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }

        CategoryShape.WriteList(redeemable.Category, json, redeemable.Category?.Id switch
        {
            { } id when stacking.JointCategories.Contains(id) => "JOINT",
            { } id when stacking.ExclusiveCategories.Contains(id) => "EXCLUSIVE",
            _ => null,
        });
        if (redeemable.Tier is { } tier)
        {
            json.WriteString("name"u8, tier.Name);
            json.WriteString("banner"u8, tier.Banner);
            json.WriteNumber("hierarchy"u8, tier.Hierarchy);
        }

        if (redeemable.Campaign is { } campaign && redeemable.Type == CampaignRuleTarget.Kind)
        {
            json.WriteString("name"u8, campaign.Name);
        }
        else if (redeemable.Campaign is { } of)
        {
            json.WriteString("campaign_name"u8, of.Name);
            json.WriteString("campaign_id"u8, of.Id);
        }
    }

    private static string Name(ItemKind kind) => kind switch { ItemKind.Sku => "sku", ItemKind.Collection => "products_collection", _ => "product" };

    private static void Text(ReadOnlySpan<byte> name, string? value, Utf8JsonWriter json)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Number(ReadOnlySpan<byte> name, long? value, Utf8JsonWriter json)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }
}
