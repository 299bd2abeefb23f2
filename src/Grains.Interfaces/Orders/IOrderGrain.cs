using Marketing.Customers;

namespace Marketing.Orders;

/// <summary>One order. Keyed by project and order id. Changes of one order are taken one at a time.</summary>
[Alias("order"), GrainInterfaceType("order")]
public interface IOrderGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates or changes the order, folds it into the customer's summary and starts the order triggers. What is given stays until it is given again; an amount that
    /// never was is the sum of the items. A change that changes nothing starts nothing. Paid and fulfilled are said once, and again only after the order was canceled;
    /// canceled is said again only after the order was paid or fulfilled. The same idempotency key again changes nothing: the answer is
    /// the order as it is now, or <see cref="OrderResult.Deleted"/>.
    /// </summary>
    [Alias("save")]
    Task<OrderResult> SaveAsync(OrderCommand command, CommandContext context);
}

/// <summary>Reads over the orders of one project. Keyed by project number.</summary>
[Alias("order-queries"), GrainInterfaceType("order-queries")]
public interface IOrderQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>The stored order object by id or source id, as wire JSON, or null.</summary>
    [Alias("find")]
    Task<RawJson?> FindAsync(string idOrSourceId, CancellationToken cancellation = default);

    /// <summary>The id an order reference means, existing or to be created; like <see cref="ICustomerQueriesGrain.ResolveAsync"/>.</summary>
    [Alias("resolve")]
    Task<string> ResolveAsync(string? id, string? sourceId, CancellationToken cancellation = default);

    /// <summary>A page of orders as wire JSON.</summary>
    [Alias("list")]
    Task<Page<RawJson>> ListAsync(OrderListQuery query, CancellationToken cancellation = default);
}

/// <summary>Which orders to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Page">From 1.</param>
/// <param name="Order"><c>created_at</c> or <c>updated_at</c>, with a leading <c>-</c> for descending.</param>
[GenerateSerializer, Immutable, Alias("order-list-query")]
public sealed record OrderListQuery([property: Id(0)] int Limit, [property: Id(1)] int Page, [property: Id(2)] string Order);

/// <summary>What the caller says of an order; absent fields stay as they are. Money in minor units.</summary>
[GenerateSerializer, Immutable, Alias("order-command")]
public sealed record OrderCommand
{
    /// <summary>The shop's id of the order.</summary>
    [Id(0)] public string? SourceId { get; init; }

    /// <summary><c>CREATED</c>, <c>PAID</c>, <c>CANCELED</c> or <c>FULFILLED</c>.</summary>
    [Id(1)] public string? Status { get; init; }

    /// <summary>Sum of the items before discounts. Once given it stays; until then it is computed from the items.</summary>
    [Id(2)] public long? Amount { get; init; }

    /// <summary>Amount before changes, as given.</summary>
    [Id(3)] public long? InitialAmount { get; init; }

    /// <summary>Discount on the whole order.</summary>
    [Id(4)] public long? DiscountAmount { get; init; }

    /// <summary>The items as given, a JSON array.</summary>
    [Id(5)] public RawJson? Items { get; init; }

    /// <summary>A JSON object, merged key by key.</summary>
    [Id(6)] public RawJson? Metadata { get; init; }

    /// <summary>When the order was placed; now when absent.</summary>
    [Id(7)] public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Who placed it; null for an anonymous order. Fixed once set.</summary>
    [Id(8)] public string? CustomerId { get; init; }

    /// <summary>Profile fields that came with the order.</summary>
    [Id(9)] public CustomerPatch Customer { get; init; } = CustomerPatch.Nothing;

    /// <summary>Who referred it.</summary>
    [Id(10)] public string? ReferrerId { get; init; }

    /// <summary>Historical import: no order events and no order triggers; segments and what listens to them still follow.</summary>
    [Id(11)] public bool Import { get; init; }

    /// <summary>Refuse with <see cref="OrderResult.NotFound"/> instead of creating.</summary>
    [Id(12)] public bool MustExist { get; init; }
}

/// <summary>
/// An order changed: made by the order grain, which owns the order, on its way into the customer's summary. One that was computed from an order that moved on is
/// <see cref="CustomerAnswer.Superseded"/>; what an idempotency key did is told by <see cref="IOrderGrain"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("order-change")]
public sealed record OrderChange : CustomerFact
{
    /// <summary>Order id.</summary>
    [Id(0)] public required string OrderId { get; init; }

    /// <summary>The row number of the order; 0 for a new one.</summary>
    [Id(1)] public long Number { get; init; }

    /// <summary>Version the change was computed from; 0 for a new order.</summary>
    [Id(2)] public long Version { get; init; }

    /// <summary>The new order object as wire JSON.</summary>
    [Id(3)] public required RawJson Document { get; init; }

    /// <summary>Facts of the new order needed for rows and sums.</summary>
    [Id(4)] public required OrderFacts After { get; init; }

    /// <summary>Facts of the order before; null for a new one.</summary>
    [Id(5)] public OrderFacts? Before { get; init; }

    /// <summary>Event types this change causes, in order.</summary>
    [Id(6)] public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Profile fields that came with the order.</summary>
    [Id(7)] public CustomerPatch Customer { get; init; } = CustomerPatch.Nothing;

    /// <summary>What is to be remembered of the new order.</summary>
    [Id(8)] public OrderMarks Marks { get; init; }

    /// <summary>The metadata that was given; null where none was.</summary>
    [Id(9)] public RawJson? Metadata { get; init; }

    /// <summary>Whether the items were given.</summary>
    [Id(10)] public bool HasItems { get; init; }
}

/// <summary>What is remembered of an order besides the object that is shown.</summary>
[Flags]
public enum OrderMarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It was paid, and has not been canceled since.</summary>
    Paid = 1,

    /// <summary>It was fulfilled, and has not been canceled since.</summary>
    Fulfilled = 2,

    /// <summary>It was canceled, and has been neither paid nor fulfilled since.</summary>
    Canceled = 4,

    /// <summary>Its amount was given, so it is not the sum of the items.</summary>
    AmountGiven = 8,
}

/// <summary>Facts of an order.</summary>
/// <param name="SourceId">The shop's id.</param>
/// <param name="Status">The status.</param>
/// <param name="TotalAmount">After discounts, minor units.</param>
/// <param name="CreatedAt">When placed.</param>
/// <param name="UpdatedAt">When last changed.</param>
[GenerateSerializer, Immutable, Alias("order-facts")]
public sealed record OrderFacts(
    [property: Id(0)] string? SourceId, [property: Id(1)] string Status, [property: Id(2)] long TotalAmount,
    [property: Id(3)] DateTimeOffset CreatedAt, [property: Id(4)] DateTimeOffset? UpdatedAt);

/// <summary>Answer to an order change.</summary>
[GenerateSerializer, Immutable, Alias("order-result")]
public abstract record OrderResult
{
    /// <summary>Durable: the order object as wire JSON.</summary>
    [GenerateSerializer, Immutable, Alias("order-result.saved")]
    public sealed record Saved([property: Id(0)] RawJson Order) : OrderResult;

    /// <summary>There is no such order.</summary>
    [GenerateSerializer, Immutable, Alias("order-result.not-found")]
    public sealed record NotFound : OrderResult;

    /// <summary>The content is refused: which field, and why.</summary>
    [GenerateSerializer, Immutable, Alias("order-result.invalid")]
    public sealed record Invalid([property: Id(0)] string Field, [property: Id(1)] string Message) : OrderResult;

    /// <summary>Metadata of the order, of its items or of its customer is not as the project's schemas say.</summary>
    [GenerateSerializer, Immutable, Alias("order-result.invalid-metadata")]
    public sealed record InvalidMetadata([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : OrderResult;

    /// <summary>Another order has this source id.</summary>
    [GenerateSerializer, Immutable, Alias("order-result.duplicate-source-id")]
    public sealed record DuplicateSourceId([property: Id(0)] string SourceId) : OrderResult;

    /// <summary>Another customer has the source id that came with the order's customer.</summary>
    [GenerateSerializer, Immutable, Alias("order-result.duplicate-customer-source-id")]
    public sealed record DuplicateCustomerSourceId([property: Id(0)] string SourceId) : OrderResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("order-result.key-reused")]
    public sealed record KeyReused : OrderResult;

    /// <summary>The same request was done before, and the order was deleted since, with its customer. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("order-result.deleted")]
    public sealed record Deleted([property: Id(0)] string OrderId) : OrderResult;
}
