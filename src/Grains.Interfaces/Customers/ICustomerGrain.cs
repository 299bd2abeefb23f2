namespace Marketing.Customers;

/// <summary>
/// One customer: takes what happens to the customer one thing at a time, folds it into the profile, moves the customer in and out of segments
/// and starts the distributions that listen, all in one durable commit. Keyed by project and customer id. Every method answers only after the commit.
/// </summary>
[Alias("customer"), GrainInterfaceType("customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes a fact: <see cref="ProfileGiven"/>, <see cref="TimePassed"/> and those of other features, such as custom events and orders. Repeating the call with the same
    /// <see cref="CommandContext.IdempotencyKey"/> changes nothing and answers what the first did; without a key each fact says what repeating it does.
    /// </summary>
    /// <param name="fact">What happened.</param>
    /// <param name="context">Who asks.</param>
    [Alias("record-fact")]
    Task<CustomerAnswer> RecordAsync(CustomerFact fact, CommandContext context);

    /// <summary>Deletes the customer with its events, orders and memberships. False when there was none.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(CommandContext context);

    /// <summary>Erases the customer and everything connected for good, and reports what was erased; null when there was none.</summary>
    [Alias("erase")]
    Task<CustomerErasure?> EraseAsync(CommandContext context);
}

/// <summary>What a permanent deletion removed.</summary>
/// <param name="Events">Activity entries.</param>
/// <param name="Segments">Memberships.</param>
/// <param name="Orders">Orders.</param>
/// <param name="OrderEvents">Those of the activity entries that are about orders.</param>
[GenerateSerializer, Immutable, Alias("customer-erasure")]
public sealed record CustomerErasure(
    [property: Id(0)] int Events, [property: Id(1)] int Segments, [property: Id(2)] int Orders, [property: Id(3)] int OrderEvents);
