using System.Globalization;
using System.Text.Json;
using Marketing.Carts;
using Marketing.Discounts;

namespace Marketing.Loyalties;

/// <summary>How many points something is worth. Compiled once; pure.</summary>
internal sealed record EarningCalculation
{
    private const decimal LeastEvery = 0.0001m;

    /// <summary>What is counted; null where it is always the same.</summary>
    public string? Of { get; init; }

    /// <summary>For how much of it there are points: money in minor units.</summary>
    public decimal Every { get; init; } = 1;

    /// <summary>How many, each time.</summary>
    public long Points { get; init; }

    /// <summary>How many, where that is computed; <see cref="Points"/> where it cannot be.</summary>
    public Formula? Formula { get; init; }

    /// <summary>The key of the metadata that is counted.</summary>
    public string? Property { get; init; }

    /// <summary>Which lines are counted: <c>product</c>, <c>sku</c> or <c>products_collection</c>; null for all.</summary>
    public string? ItemType { get; init; }

    public string? ItemId { get; init; }

    /// <summary>Reads the wire format, or says what is wrong with it.</summary>
    /// <param name="loyalty"><c>loyalty</c> of a rule.</param>
    public static (EarningCalculation? Calculation, FieldProblem? Problem) Read(JsonElement loyalty)
    {
        switch (LoyaltyJson.Text(loyalty, "type"))
        {
            case "FIXED":
                return Complete(new EarningCalculation(), loyalty, "");
            case "PROPORTIONAL":
                break;
            default:
                return (null, new FieldProblem("type", "must be FIXED or PROPORTIONAL"));
        }

        var of = LoyaltyJson.Text(loyalty, "calculation_type");
        (string Parent, string Name)? place = of switch
        {
            "ORDER_AMOUNT" => ("order", "amount"),
            "ORDER_TOTAL_AMOUNT" => ("order", "total_amount"),
            "ORDER_METADATA" => ("order", "metadata"),
            "ORDER_ITEMS_QUANTITY" => ("order_items", "quantity"),
            "ORDER_ITEMS_AMOUNT" => ("order_items", "amount"),
            "ORDER_ITEMS_SUBTOTAL_AMOUNT" => ("order_items", "subtotal_amount"),
            "CUSTOMER_METADATA" => ("customer", "metadata"),
            "CUSTOM_EVENT_METADATA" => ("custom_event", "metadata"),
            _ => null,
        };
        if (place is not { } at)
        {
            return (null, new FieldProblem(
                "calculation_type",
                "must be ORDER_AMOUNT, ORDER_TOTAL_AMOUNT, ORDER_METADATA, ORDER_ITEMS_QUANTITY, ORDER_ITEMS_AMOUNT, ORDER_ITEMS_SUBTOTAL_AMOUNT, CUSTOMER_METADATA or CUSTOM_EVENT_METADATA"));
        }

        var path = $"{at.Parent}.{at.Name}";
        var ratio = LoyaltyJson.Child(LoyaltyJson.Child(loyalty, at.Parent), at.Name);
        if (LoyaltyJson.Number(LoyaltyJson.Child(ratio, "every")) is not (>= LeastEvery and <= CartLimits.Amount and var every))
        {
            return (null, new FieldProblem($"{path}.every", string.Create(CultureInfo.InvariantCulture, $"must be a number, {LeastEvery} to {CartLimits.Amount}")));
        }

        var property = LoyaltyJson.Text(ratio, "property");
        if (at.Name == "metadata" && string.IsNullOrEmpty(property))
        {
            return (null, FieldProblem.Missing($"{path}.property"));
        }

        var (type, id) = (LoyaltyJson.Text(ratio, "object"), LoyaltyJson.Text(ratio, "id"));
        if (id is not null && type is not ("product" or "sku" or "products_collection"))
        {
            return (null, new FieldProblem($"{path}.object", "must be product, sku or products_collection"));
        }

        return Complete(new EarningCalculation { Of = of, Every = every, Property = property, ItemType = id is null ? null : type, ItemId = id }, ratio, $"{path}.");
    }

    /// <summary>How many points it comes to; 0 where what is counted is not there.</summary>
    /// <param name="subject">What happened.</param>
    /// <param name="mapping">What holds in the member's tier instead; null for nothing.</param>
    public long PointsOf(EarningSubject subject, TierMapping? mapping)
    {
        var cart = subject.Order ?? Cart.Empty;
        var each = mapping is { Multiplier: null } ? mapping.Points
            : Formula?.Evaluate(subject.Data, cart, null) is { } computed ? Rounding.Whole(computed, LoyaltyLimits.Points)
            : Points;

        // Whole steps only. What is counted may be metadata of any size; more steps than there can be points change nothing.
        var steps = Of is null ? 1 : CountedIn(subject) is { } counted && counted > 0 ? Math.Floor(Math.Min(counted, CartLimits.Amount) / Every) : 0;
        return Rounding.Whole(Math.Min(Math.Min(steps, LoyaltyLimits.Points) * each, LoyaltyLimits.Points) * (mapping?.Multiplier ?? 1), LoyaltyLimits.Points);
    }

    private static (EarningCalculation? Calculation, FieldProblem? Problem) Complete(EarningCalculation calculation, JsonElement ratio, string path)
    {
        Formula? formula = null;
        if (LoyaltyJson.Text(ratio, "points_formula") is { } text)
        {
            (formula, var wrong) = FormulaParser.Parse(text);
            if (wrong is not null)
            {
                return (null, new FieldProblem($"{path}points_formula", $"{wrong}"));
            }
        }

        return LoyaltyJson.Whole(ratio, "points") is not (>= 0 and <= LoyaltyLimits.Points and var points)
            ? (null, new FieldProblem($"{path}points", $"must be a whole number of points, 0 to {LoyaltyLimits.Points}"))
            : (calculation with { Points = points, Formula = formula }, null);
    }

    private decimal? CountedIn(EarningSubject subject) => Of switch
    {
        "ORDER_AMOUNT" => subject.Order?.Amount,
        "ORDER_TOTAL_AMOUNT" => subject.Order?.TotalAmount,
        "ORDER_METADATA" => NumberIn(subject.Order?.Metadata),
        "CUSTOMER_METADATA" => NumberIn(subject.Data.Customer),
        "CUSTOM_EVENT_METADATA" => NumberIn(subject.EventMetadata),
        "ORDER_ITEMS_QUANTITY" => Lines(subject.Order).Sum(static line => line.Quantity),
        "ORDER_ITEMS_AMOUNT" => Lines(subject.Order).Sum(static line => line.Amount),
        _ => Lines(subject.Order).Sum(static line => Math.Max(0, line.Amount - line.DiscountAmount)),
    };

    private decimal? NumberIn(JsonElement? metadata) => metadata is { } given ? LoyaltyJson.Number(LoyaltyJson.Child(given, Property!)) : null;

    private IEnumerable<CartLine> Lines(Cart? order) => (order?.Lines ?? []).Where(line => ItemType switch
    {
        null => true,
        "product" => line.ProductId == ItemId || line.ProductSourceId == ItemId,
        "sku" => line.SkuId == ItemId || line.SkuSourceId == ItemId,
        _ => line.Collections.Contains(ItemId!),
    });
}

/// <summary>What happened, as points are computed of it.</summary>
internal sealed record EarningSubject
{
    /// <summary>The order; null where it was none.</summary>
    public Cart? Order { get; init; }

    /// <summary>Of the custom event; undefined where it was none.</summary>
    public JsonElement EventMetadata { get; init; }

    /// <summary>What formulas know besides; the customer's metadata among it.</summary>
    public FormulaData Data { get; init; } = FormulaData.Nothing;
}
