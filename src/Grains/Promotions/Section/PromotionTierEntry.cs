using System.Text.Json;
using Marketing.Categories;
using Marketing.Discounts;
using Marketing.Validity;

namespace Marketing.Promotions;

/// <summary>A tier as it is decided by. Immutable.</summary>
internal sealed class PromotionTierEntry
{
    private static readonly Discount Nothing = new Discount.Amount(0, AmountEffect.ApplyToOrder);

    public PromotionTierEntry(PromotionTierRow row)
    {
        Row = row;
        Fields = row.Fields.ToElement();
        var (discount, problems) = DiscountReader.Read(PromotionRules.DiscountOf(Fields), PromotionRules.DiscountPath);
        Discount = discount ?? Nothing;
        Unreadable = discount is null ? string.Join("; ", problems.Select(static problem => $"{problem.Field} {problem.Message}")) : null;
        Validity = ValidityPeriod.Read(Fields);
        CategoryIds = CategoryChoice.IdOf(Fields) is { } category ? [category] : [];
    }

    public string Id => Row.Id;

    public long Number => Row.Number;

    public PromotionTierRow Row { get; }

    public string Name => Row.Name;

    /// <summary>Whether it is enabled. What is not understood is for nobody.</summary>
    public bool IsActive => Row.IsActive && Unreadable is null;

    public int Hierarchy => Row.Hierarchy;

    public long CampaignNumber => Row.Campaign;

    /// <summary>What it takes off; nothing where that is not understood.</summary>
    public Discount Discount { get; }

    /// <summary>When it holds; its campaign has a time of its own.</summary>
    public ValidityPeriod Validity { get; }

    /// <summary>What the shop's customers read of it; null for nothing.</summary>
    public string? Banner => Fields.TryGetProperty("banner", out var banner) && banner.ValueKind == JsonValueKind.String ? banner.GetString() : null;

    public RawJson Metadata => Row.Metadata;

    public IReadOnlyList<string> CategoryIds { get; }

    /// <summary>Its fields in the wire format that are no columns.</summary>
    public JsonElement Fields { get; }

    /// <summary>Why its discount is not understood; null where it is. What is stored was checked, by this version or another.</summary>
    public string? Unreadable { get; }
}

/// <summary>A stack as it is decided by. Immutable.</summary>
internal sealed class PromotionStackEntry(PromotionStackRow row)
{
    public string Id => row.Id;

    public long Number => row.Number;

    public PromotionStackRow Row => row;

    public string Name => row.Name;

    public long CampaignNumber => row.Campaign;

    /// <summary>In the order in which they are used.</summary>
    public IReadOnlyList<string> TierIds { get; } = row.TierIds;

    public IReadOnlyList<string> CategoryIds { get; } = row.CategoryId is { } category ? [category] : [];
}
