using Marketing.Customers;

namespace Marketing.Events;

/// <summary>A custom event to record.</summary>
[GenerateSerializer, Immutable, Alias("custom-event-command")]
public sealed record CustomEventCommand
{
    /// <summary>Event name, 1..300 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Profile fields that came with the event.</summary>
    [Id(1)] public CustomerPatch Customer { get; init; } = CustomerPatch.Nothing;

    /// <summary>A JSON object.</summary>
    [Id(2)] public RawJson? Metadata { get; init; }

    /// <summary>Referral reference as given.</summary>
    [Id(3)] public RawJson? Referral { get; init; }

    /// <summary>Loyalty reference as given.</summary>
    [Id(4)] public RawJson? Loyalty { get; init; }
}

/// <summary>Answer to recording events.</summary>
[GenerateSerializer, Immutable, Alias("record-result")]
public abstract record RecordResult
{
    /// <summary>Durable, with the event ids in order and the customer afterwards.</summary>
    [GenerateSerializer, Immutable, Alias("record-result.recorded")]
    public sealed record Recorded([property: Id(0)] IReadOnlyList<string> EventIds, [property: Id(1)] Customer Customer) : RecordResult;

    /// <summary>There is no such customer. Nothing was recorded.</summary>
    [GenerateSerializer, Immutable, Alias("record-result.not-found")]
    public sealed record NotFound([property: Id(0)] string CustomerId) : RecordResult;

    /// <summary>Another customer has this source id.</summary>
    [GenerateSerializer, Immutable, Alias("record-result.duplicate-source-id")]
    public sealed record DuplicateSourceId([property: Id(0)] string SourceId) : RecordResult;

    /// <summary>The source id belongs to another customer than the one that was addressed, or will. Nothing was recorded.</summary>
    [GenerateSerializer, Immutable, Alias("record-result.other-customer")]
    public sealed record OtherCustomer : RecordResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("record-result.key-reused")]
    public sealed record KeyReused : RecordResult;

    /// <summary>The same request was done before, and the customer was deleted since. Nothing was recorded.</summary>
    [GenerateSerializer, Immutable, Alias("record-result.customer-deleted")]
    public sealed record CustomerDeleted([property: Id(0)] string CustomerId) : RecordResult;
}
