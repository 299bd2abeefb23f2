using Marketing.Activity;

namespace Marketing.Customers;

/// <summary>Reads over the customers of one project. Keyed by project number; any number of activations.</summary>
[Alias("customer-queries"), GrainInterfaceType("customer-queries")]
public interface ICustomerQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>One customer by id or source id (the id wins), or null.</summary>
    [Alias("find")]
    Task<Customer?> FindAsync(string idOrSourceId, CancellationToken cancellation = default);

    /// <summary>
    /// The id of the customer that a reference means: the given id; else the holder of the source id; else the id that a new customer with this
    /// source id will get, which is the same for every caller; else a fresh one.
    /// </summary>
    [Alias("resolve")]
    Task<string> ResolveAsync(string? id, string? sourceId, CancellationToken cancellation = default);

    /// <summary>The id behind an id or source id of an existing customer, or null.</summary>
    [Alias("find-id")]
    Task<string?> FindIdAsync(string idOrSourceId, CancellationToken cancellation = default);

    /// <summary>A page of customers.</summary>
    [Alias("list")]
    Task<Page<Customer>> ListAsync(CustomerListQuery query, CancellationToken cancellation = default);

    /// <summary>
    /// Customers whose id, source id, address, name or telephone number begins with a text, those first that are found by what comes first here; addresses and names in any case of ASCII letters, numbers by their
    /// digits. For a box in which somebody
    /// types: it is found over indexes, however many customers there are.
    /// </summary>
    [Alias("search")]
    Task<IReadOnlyList<Customer>> SearchAsync(string text, int limit, CancellationToken cancellation = default);

    /// <summary>What happened to a customer; null when there is no such customer.</summary>
    [Alias("activity")]
    Task<Page<ActivityEntry>?> ActivityAsync(string customerId, ActivityQuery query, CancellationToken cancellation = default);
}

/// <summary>Which customers to list.</summary>
[GenerateSerializer, Immutable, Alias("customer-list-query")]
public sealed record CustomerListQuery
{
    /// <summary>1..100.</summary>
    [Id(0)] public int Limit { get; init; } = 10;

    /// <summary>From 1.</summary>
    [Id(1)] public int Page { get; init; } = 1;

    /// <summary>Exact, case-insensitive.</summary>
    [Id(2)] public string? Email { get; init; }

    /// <summary>Exact.</summary>
    [Id(3)] public string? City { get; init; }

    /// <summary>Exact.</summary>
    [Id(4)] public string? Name { get; init; }

    /// <summary>By time of creation.</summary>
    [Id(6)] public TimeRange? CreatedAt { get; init; }

    /// <summary>By time of the latest change.</summary>
    [Id(7)] public TimeRange? UpdatedAt { get; init; }

    /// <summary><c>created_at</c>, <c>updated_at</c> or <c>source_id</c>, with a leading <c>-</c> for descending.</summary>
    [Id(8)] public string Order { get; init; } = "-created_at";

    /// <summary>
    /// Only customers created after this instant (before it, when descending); updated, when that is the order. A first page then holds everybody of the instant it
    /// ends with, so that whoever goes on after that misses nobody; it may be longer than <see cref="Limit"/>.
    /// </summary>
    [Id(9)] public DateTimeOffset? StartingAfter { get; init; }
}
