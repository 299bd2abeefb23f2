namespace Marketing.Customers;

/// <summary>What became of a <see cref="CustomerFact"/>. All but the first mean that nothing was changed now.</summary>
[GenerateSerializer, Immutable, Alias("customer-answer")]
public abstract record CustomerAnswer
{
    /// <summary>Durable, now or by an earlier request with the same idempotency key: the customer as it is, and the ids of the fact's own events, in order.</summary>
    [GenerateSerializer, Immutable, Alias("customer-answer.recorded")]
    public sealed record Recorded([property: Id(0)] Customer Customer, [property: Id(1)] IReadOnlyList<string> EventIds) : CustomerAnswer;

    /// <summary>Was to be created and was there already.</summary>
    [GenerateSerializer, Immutable, Alias("customer-answer.existed")]
    public sealed record Existed([property: Id(0)] string Id, [property: Id(1)] string? SourceId) : CustomerAnswer;

    /// <summary>There is no such customer.</summary>
    [GenerateSerializer, Immutable, Alias("customer-answer.not-found")]
    public sealed record NotFound([property: Id(0)] string CustomerId) : CustomerAnswer;

    /// <summary>The caller means another customer than the one that was addressed; <see cref="ICustomerQueriesGrain.ResolveAsync"/> knows whom.</summary>
    [GenerateSerializer, Immutable, Alias("customer-answer.other-customer")]
    public sealed record OtherCustomer : CustomerAnswer;

    /// <summary>Metadata of the fact is not as the project's schemas say.</summary>
    /// <param name="Problems">All that is wrong with it.</param>
    [GenerateSerializer, Immutable, Alias("customer-answer.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FactProblem> Problems) : CustomerAnswer;

    /// <summary>Somebody else of the project has the value.</summary>
    /// <param name="Of">Whose: <c>customers</c>, <c>orders</c> …</param>
    /// <param name="Field">Which, such as <c>source_id</c>.</param>
    /// <param name="Value">The value.</param>
    [GenerateSerializer, Immutable, Alias("customer-answer.taken")]
    public sealed record Taken([property: Id(0)] string Of, [property: Id(1)] string Field, [property: Id(2)] string Value) : CustomerAnswer;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("customer-answer.key-reused")]
    public sealed record KeyReused : CustomerAnswer;

    /// <summary>The same request was done before, and the customer was deleted since.</summary>
    [GenerateSerializer, Immutable, Alias("customer-answer.deleted")]
    public sealed record Deleted([property: Id(0)] string CustomerId) : CustomerAnswer;

    /// <summary>What the fact was computed from moved on: compute it again.</summary>
    [GenerateSerializer, Immutable, Alias("customer-answer.superseded")]
    public sealed record Superseded : CustomerAnswer;

    /// <summary>The idempotency key is known, and what it did is the caller's to tell. Only between grains.</summary>
    [GenerateSerializer, Immutable, Alias("customer-answer.key-known")]
    public sealed record KeyKnown : CustomerAnswer;
}

/// <summary>What is wrong with a part of a fact.</summary>
/// <param name="Part">Of several events, which one, from 0; 0 where the fact is one thing.</param>
/// <param name="Problem">What is wrong, by the path in the body of a request about this part alone.</param>
[GenerateSerializer, Immutable, Alias("customer-answer.fact-problem")]
public sealed record FactProblem([property: Id(0)] int Part, [property: Id(1)] FieldProblem Problem);
