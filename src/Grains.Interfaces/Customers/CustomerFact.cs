namespace Marketing.Customers;

/// <summary>
/// Something that happened to a customer, or is to: what <see cref="ICustomerGrain.RecordAsync"/> takes. Each feature has its own; what one means for the
/// profile and which events it raises is that feature's to say.
/// </summary>
[GenerateSerializer, Immutable, Alias("customer-fact")]
public abstract record CustomerFact;

/// <summary>Fields of the profile are given. Repeating it changes nothing.</summary>
/// <param name="Patch">What to change.</param>
/// <param name="Presence">Whether the customer has to be there.</param>
[GenerateSerializer, Immutable, Alias("customer-fact.profile")]
public sealed record ProfileGiven([property: Id(0)] CustomerPatch Patch, [property: Id(1)] Presence Presence = Presence.Any) : CustomerFact;

/// <summary>
/// Time passed, which alone may have changed what the customer belongs to. A customer whose time has not come is left alone, and repeating it changes nothing.
/// </summary>
/// <param name="Now">The caller's clock. Where the grain's is behind, this one counts: what the caller saw to be due is due.</param>
[GenerateSerializer, Immutable, Alias("customer-fact.time")]
public sealed record TimePassed([property: Id(0)] DateTimeOffset Now) : CustomerFact;

/// <summary>Whether a customer has to be there.</summary>
public enum Presence
{
    /// <summary>One who is missing is made.</summary>
    Any,

    /// <summary>One who is missing is <see cref="CustomerAnswer.NotFound"/>.</summary>
    MustExist,

    /// <summary>One who is there is not changed but <see cref="CustomerAnswer.Existed"/>: whoever asks may be anybody.</summary>
    MustBeNew,
}
