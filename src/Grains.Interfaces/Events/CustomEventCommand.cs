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

/// <summary>
/// Custom events of one customer, recorded in order in one commit. Without an idempotency key, happening again is happening twice; a call that Orleans' client makes again
/// because its answer got lost is told by its request id.
/// </summary>
/// <param name="Events">At least one.</param>
[GenerateSerializer, Immutable, Alias("customer-fact.custom-events")]
public sealed record CustomEventsHappened([property: Id(0)] IReadOnlyList<CustomEventCommand> Events) : CustomerFact
{
    /// <summary>A customer who is missing is <see cref="CustomerAnswer.NotFound"/> instead of made.</summary>
    [Id(1)] public bool MustExist { get; init; }

    /// <summary>
    /// Whom the caller means, where it knows the customer by source id and supposes that it is the one it addresses: because <see cref="ObjectIds.FromSource"/> says so, or
    /// because it once was. When it is not, the answer is <see cref="CustomerAnswer.OtherCustomer"/>.
    /// </summary>
    [Id(2)] public string? SupposedSourceId { get; init; }
}
