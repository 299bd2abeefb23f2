using Marketing.Customers;

namespace Marketing.Orders;

// For the OpenAPI document; OrderReader reads it.

/// <summary>An order. Money in minor units.</summary>
internal sealed record OrderRequestBody
{
    public string? Id { get; init; }

    public string? SourceId { get; init; }

    /// <summary><c>CREATED</c>, <c>PAID</c>, <c>CANCELED</c> or <c>FULFILLED</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Once given it stays; until then it is the sum of the items.</summary>
    public long? Amount { get; init; }

    public long? InitialAmount { get; init; }

    public long? DiscountAmount { get; init; }

    public IReadOnlyList<OrderItemBody>? Items { get; init; }

    public IReadOnlyDictionary<string, object>? Metadata { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public CustomerRequest? Customer { get; init; }

    public string? ReferrerId { get; init; }

    public CustomerRequest? Referrer { get; init; }
}

/// <summary>One line of an order.</summary>
internal sealed record OrderItemBody
{
    public string? SourceId { get; init; }

    public string? ProductId { get; init; }

    public string? SkuId { get; init; }

    /// <summary><c>product</c> or <c>sku</c>.</summary>
    public string? RelatedObject { get; init; }

    public long? Quantity { get; init; }

    public long? Price { get; init; }

    public long? Amount { get; init; }

    public long? DiscountAmount { get; init; }

    public IReadOnlyDictionary<string, object>? Product { get; init; }

    public IReadOnlyDictionary<string, object>? Sku { get; init; }

    public IReadOnlyDictionary<string, object>? Metadata { get; init; }
}

/// <summary>A page of orders.</summary>
internal sealed record OrderListResponse(IReadOnlyList<RawJson> Orders, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "orders";
}
