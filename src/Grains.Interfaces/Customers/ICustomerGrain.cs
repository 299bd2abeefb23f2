using Marketing.Events;
using Marketing.Orders;

namespace Marketing.Customers;

/// <summary>
/// One customer: takes what happens to the customer one thing at a time, folds it into the profile, moves the customer in and out of segments
/// and starts the distributions that listen, all in one durable commit. Keyed by project and customer id. Every method answers only after the commit.
/// </summary>
[Alias("customer"), GrainInterfaceType("customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Creates or updates the profile. Repeating it with the same content changes nothing.</summary>
    /// <param name="patch">What to change.</param>
    /// <param name="mustExist">Refuse with <see cref="CustomerResult.NotFound"/> instead of creating.</param>
    /// <param name="context">Who asks.</param>
    [Alias("save")]
    Task<CustomerResult> SaveAsync(CustomerPatch patch, bool mustExist, CommandContext context);

    /// <summary>
    /// Creates the profile, and changes none that is there: whoever asks may be anybody. Repeating it answers <see cref="CustomerResult.Existed"/>.
    /// </summary>
    /// <param name="patch">The profile.</param>
    /// <param name="context">Who asks.</param>
    [Alias("create")]
    Task<CustomerResult> CreateAsync(CustomerPatch patch, CommandContext context);

    /// <summary>Records custom events, in order, in one commit. The customer is created when missing. Not idempotent without <see cref="CommandContext.IdempotencyKey"/>.</summary>
    [Alias("record")]
    Task<RecordResult> RecordAsync(IReadOnlyList<CustomEventCommand> events, CommandContext context);

    /// <summary>As <see cref="RecordAsync"/>, of a customer who must be there: otherwise nothing is recorded and the answer is <see cref="RecordResult.NotFound"/>.</summary>
    /// <param name="events">What happened.</param>
    /// <param name="context">Who asks.</param>
    [Alias("record-existing")]
    Task<RecordResult> RecordExistingAsync(IReadOnlyList<CustomEventCommand> events, CommandContext context);

    /// <summary>
    /// As <see cref="RecordAsync"/>, for a caller who knows the customer by source id and supposes that it is this one: because
    /// <see cref="ObjectIds.FromSource"/> says so, or because it once was. When it is not, nothing is recorded and the answer is
    /// <see cref="RecordResult.OtherCustomer"/>; <see cref="ICustomerQueriesGrain.ResolveAsync"/> knows who it is.
    /// </summary>
    /// <param name="sourceId">Whom the caller means; the source id in the events' patches.</param>
    /// <param name="events">What happened.</param>
    /// <param name="context">Who asks.</param>
    [Alias("record-by-source")]
    Task<RecordResult> RecordBySourceAsync(string sourceId, IReadOnlyList<CustomEventCommand> events, CommandContext context);

    /// <summary>
    /// Folds an order change into the profile. Called by <see cref="IOrderGrain"/>, which owns the order, and knows what the idempotency key did when the answer is
    /// <see cref="OrderResult.KeyKnown"/>.
    /// </summary>
    [Alias("record-order")]
    Task<OrderResult> RecordOrderAsync(OrderChange change, CommandContext context);

    /// <summary>Looks at the customer again because time alone may have changed what it belongs to. Repeating it changes nothing.</summary>
    /// <param name="now">The caller's clock. Where the grain's is behind, this one counts: what the caller saw to be due is due.</param>
    [Alias("review-at")]
    Task ReviewAsync(DateTimeOffset now);

    /// <summary>Deletes the customer with its events, orders and memberships. False when there was none.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(CommandContext context);

    /// <summary>Erases the customer and everything connected for good, and reports what was erased; null when there was none.</summary>
    [Alias("erase")]
    Task<CustomerErasure?> EraseAsync(CommandContext context);
}

/// <summary>Answer to a change of a profile.</summary>
[GenerateSerializer, Immutable, Alias("customer-result")]
public abstract record CustomerResult
{
    /// <summary>Durable.</summary>
    [GenerateSerializer, Immutable, Alias("customer-result.saved")]
    public sealed record Saved([property: Id(0)] Customer Customer) : CustomerResult;

    /// <summary>Was to be created and was there already. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("customer-result.existed")]
    public sealed record Existed([property: Id(0)] string Id, [property: Id(1)] string? SourceId) : CustomerResult;

    /// <summary>There is no such customer.</summary>
    [GenerateSerializer, Immutable, Alias("customer-result.not-found")]
    public sealed record NotFound : CustomerResult;

    /// <summary>Another customer has this source id.</summary>
    [GenerateSerializer, Immutable, Alias("customer-result.duplicate-source-id")]
    public sealed record DuplicateSourceId([property: Id(0)] string SourceId) : CustomerResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("customer-result.key-reused")]
    public sealed record KeyReused : CustomerResult;

    /// <summary>The same request was done before, and the customer was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("customer-result.deleted")]
    public sealed record Deleted : CustomerResult;
}

/// <summary>What a permanent deletion removed.</summary>
/// <param name="Events">Activity entries.</param>
/// <param name="Segments">Memberships.</param>
/// <param name="Orders">Orders.</param>
/// <param name="OrderEvents">Those of the activity entries that are about orders.</param>
[GenerateSerializer, Immutable, Alias("customer-erasure")]
public sealed record CustomerErasure(
    [property: Id(0)] int Events, [property: Id(1)] int Segments, [property: Id(2)] int Orders, [property: Id(3)] int OrderEvents);
