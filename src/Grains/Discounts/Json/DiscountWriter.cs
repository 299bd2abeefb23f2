using System.Text.Json;

namespace Marketing.Discounts;

/// <summary>Writes discounts as their JSON.</summary>
internal static class DiscountWriter
{
    /// <summary>Writes the object <c>discount</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="discount">Any but <see cref="Discount.Credits"/>, which are no discount on the wire.</param>
    /// <param name="products">What is known of the products that are given away; null where they are not shown.</param>
    /// <param name="applied">What it did, where it is shown with its result: then with the value of its formula and with <c>is_dynamic</c>.</param>
    public static void Write(Utf8JsonWriter json, Discount discount, IReadOnlyDictionary<string, FreeProduct>? products = null, Applied? applied = null)
    {
        json.WriteStartObject();
        switch (discount)
        {
            case Discount.Amount amount:
                Head(json, DiscountType.Amount, WireNames<AmountEffect>.Of(amount.Effect));
                json.WriteNumber("amount_off", applied?.Value ?? amount.Off);
                Formula(json, "amount_off_formula", amount.Formula);
                Limit(json, "aggregated_amount_limit", amount.AggregatedLimit);
                break;
            case Discount.Percent percent:
                Head(json, DiscountType.Percent, WireNames<PlainEffect>.Of(percent.Effect));
                json.WriteNumber("percent_off", applied?.Value ?? percent.Off);
                Formula(json, "percent_off_formula", percent.Formula);
                Limit(json, "amount_limit", percent.Limit);
                Limit(json, "aggregated_amount_limit", percent.AggregatedLimit);
                break;
            case Discount.Fixed price:
                Head(json, DiscountType.Fixed, WireNames<PlainEffect>.Of(price.Effect));
                if ((applied?.Value ?? price.Price) is { } each)
                {
                    json.WriteNumber("fixed_amount", each);
                }

                Formula(json, "fixed_amount_formula", price.Formula);
                break;
            case Discount.Unit { IsMany: false, Units: [var one] }:
                Head(json, DiscountType.Unit, WireNames<UnitEffect>.Of(one.Effect));
                Units(json, one, products, applied?.Value);
                break;
            case Discount.Unit many:
                Head(json, DiscountType.Unit, WireNames<UnitsEffect>.Of(UnitsEffect.AddManyItems));
                json.WriteStartArray("units");
                foreach (var units in many.Units)
                {
                    json.WriteStartObject();
                    json.WriteString("effect", WireNames<UnitEffect>.Of(units.Effect));
                    Units(json, units, products, value: null);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(discount), discount, "is no discount on the wire");
        }

        if (applied is not null)
        {
            json.WriteBoolean("is_dynamic", applied.IsDynamic);
        }

        json.WriteEndObject();
    }

    private static void Head(Utf8JsonWriter json, DiscountType type, string effect)
    {
        json.WriteString("type", WireNames<DiscountType>.Of(type));
        json.WriteString("effect", effect);
    }

    private static void Units(Utf8JsonWriter json, FreeUnits units, IReadOnlyDictionary<string, FreeProduct>? products, decimal? value)
    {
        json.WriteNumber("unit_off", value ?? units.Off);
        Formula(json, "unit_off_formula", units.Formula);
        json.WriteString("unit_type", units.UnitType);
        if (products?.GetValueOrDefault(units.UnitType) is not { } product)
        {
            return;
        }

        Object(json, "product", product.ProductId, product.ProductSourceId, product.ProductName, isSku: false);
        Object(json, "sku", product.SkuId, product.SkuSourceId, product.SkuName, isSku: true);
    }

    private static void Object(Utf8JsonWriter json, string field, string? id, string? sourceId, string? name, bool isSku)
    {
        if (id is null)
        {
            return;
        }

        json.WriteStartObject(field);
        json.WriteString("id", id);
        if (sourceId is not null)
        {
            json.WriteString("source_id", sourceId);
        }

        // Of a SKU the product says it under both names.
        json.WriteString("name", name);
        if (isSku)
        {
            json.WriteString("sku", name);
        }

        json.WriteEndObject();
    }

    private static void Formula(Utf8JsonWriter json, string name, Formula? formula)
    {
        if (formula is not null)
        {
            json.WriteString(name, formula.Text);
        }
    }

    private static void Limit(Utf8JsonWriter json, string name, long? limit)
    {
        if (limit is { } most)
        {
            json.WriteNumber(name, most);
        }
    }
}
