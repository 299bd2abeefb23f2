using System.Text.Json;

namespace Marketing.Discounts;

/// <summary>What formulas look at beside the cart. What is not there is missing, and the fallback holds.</summary>
internal sealed record FormulaData
{
    public static readonly FormulaData Nothing = new();

    /// <summary>Now, by the project's clock; with its offset.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Metadata of the customer; undefined where there is none. So are the next three.</summary>
    public JsonElement Customer { get; init; }

    /// <summary>Of the voucher or the promotion tier.</summary>
    public JsonElement Redeemable { get; init; }

    /// <summary>Of the request.</summary>
    public JsonElement Redemption { get; init; }

    public JsonElement Publication { get; init; }

    public DateOnly? Birthdate { get; init; }

    /// <summary>How often the voucher may be redeemed.</summary>
    public long? RedemptionQuantity { get; init; }

    /// <summary>How often it was.</summary>
    public long? RedeemedQuantity { get; init; }

    public long? PublishCount { get; init; }

    /// <summary>From when the voucher or the tier holds.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? Expiration { get; init; }
}
