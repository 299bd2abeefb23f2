using System.Collections.Immutable;
using System.Text.Json;

namespace Marketing.Carts;

/// <summary>A line of a <see cref="Cart"/>.</summary>
internal sealed record CartLine
{
    /// <summary>The line's own id, if it has one.</summary>
    public string? Id { get; init; }

    /// <summary>The shop's id that came with the line.</summary>
    public string? SourceId { get; init; }

    /// <summary>The product, where it is known; its id if it is stored.</summary>
    public string? ProductId { get; init; }

    public string? ProductSourceId { get; init; }

    public string? ProductName { get; init; }

    public string? SkuId { get; init; }

    public string? SkuSourceId { get; init; }

    public string? SkuName { get; init; }

    /// <summary>Ids of the product collections its product or SKU is in.</summary>
    public ImmutableHashSet<string> Collections { get; init; } = [];

    /// <summary>Units, those that a discount added included.</summary>
    public long Quantity { get; init; } = 1;

    /// <summary>Units before any discount added some.</summary>
    public long InitialQuantity { get; init; } = 1;

    /// <summary>Units that discounts gave away so far.</summary>
    public long DiscountQuantity { get; init; }

    /// <summary>Units that the last discount gave away.</summary>
    public long AppliedDiscountQuantity { get; init; }

    /// <summary>Of one unit.</summary>
    public long Price { get; init; }

    /// <summary>As sent, else price times quantity. Grows with units that a discount adds.</summary>
    public long Amount { get; init; }

    /// <summary>Before any discount added units.</summary>
    public long InitialAmount { get; init; }

    /// <summary>What discounts took off this line so far.</summary>
    public long DiscountAmount { get; init; }

    /// <summary>What the last discount took off this line.</summary>
    public long AppliedDiscountAmount { get; init; }

    /// <summary>Units that the last discount added.</summary>
    public long AppliedQuantity { get; init; }

    /// <summary>What those are worth.</summary>
    public long AppliedQuantityAmount { get; init; }

    /// <summary>Whether a discount of this stack has hit its product, where a product takes only one.</summary>
    public bool IsTaken { get; init; }

    /// <summary>What is left of the line.</summary>
    public long SubtotalAmount => Amount - DiscountAmount;

    /// <summary>The shop's own attributes of the line; undefined where it has none. So are the next two.</summary>
    public JsonElement Metadata { get; init; }

    public JsonElement ProductMetadata { get; init; }

    public JsonElement SkuMetadata { get; init; }

    /// <summary>The same with nothing that the last discount did.</summary>
    public CartLine Settled() => this is { AppliedDiscountAmount: 0, AppliedDiscountQuantity: 0, AppliedQuantity: 0, AppliedQuantityAmount: 0 }
        ? this
        : this with { AppliedDiscountAmount = 0, AppliedDiscountQuantity = 0, AppliedQuantity = 0, AppliedQuantityAmount = 0 };

    /// <summary>Whether it is of the product or SKU with this id, the shop's or ours.</summary>
    public bool IsOf(string id) => id == ProductId || id == SkuId || id == ProductSourceId || id == SkuSourceId;

    /// <summary>Whether both are of one product.</summary>
    public bool HasProductOf(CartLine other) => (ProductId, ProductSourceId, other.ProductId, other.ProductSourceId) switch
    {
        ({ } one, _, { } two, _) => one == two,
        (_, { } one, _, { } two) => one == two,
        _ => (SkuId is not null && SkuId == other.SkuId) || (SkuSourceId is not null && SkuSourceId == other.SkuSourceId),
    };
}
