using System.Text.Json;
using Marketing.Storage;

namespace Marketing.Customers.Facts;

/// <summary>What facts of one kind mean: how they change a profile, which events they raise, what is answered. Decides only, and may be asked again; one a feature.</summary>
internal abstract class CustomerFold
{
    /// <summary>The kind of fact.</summary>
    public abstract Type Fact { get; }

    /// <summary>The profile that a missing customer is made with; null where it is not made.</summary>
    public abstract CustomerPatch? NewProfile(CustomerFact fact);

    /// <summary>Another clock by which it is at least this late.</summary>
    public virtual DateTimeOffset NotBefore(CustomerFact fact) => default;

    /// <summary>How many things it tells that callers may also tell one by one.</summary>
    public virtual int PartsOf(CustomerFact fact) => 1;

    /// <summary>Folds the fact into the profile and raises its events.</summary>
    public abstract Folded Fold(CustomerFact fact, CustomerWork work);

    /// <summary>The type of the entries by which a fact that may have been recorded is found again; null where recording it again does no harm.</summary>
    public virtual string? EntryType => null;

    /// <summary>What is kept under an idempotency key.</summary>
    public virtual byte[]? Remember(CustomerFact fact, IReadOnlyList<string> eventIds) => null;

    /// <summary>The answer to a request that was done before.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="kept">What <see cref="Remember"/> kept.</param>
    /// <param name="customerId">Of the customer.</param>
    /// <param name="present">The customer as it is; null where it was deleted.</param>
    public virtual CustomerAnswer Recall(CustomerFact fact, byte[]? kept, string customerId, Customer? present) =>
        present is null ? new CustomerAnswer.Deleted(customerId) : new CustomerAnswer.Recorded(present, kept is null ? [] : JsonSerializer.Deserialize<string[]>(kept)!);

    /// <summary>Whether the fact itself was decided on what a guard is about, so that whoever decided it looks again.</summary>
    public virtual bool DecidesOn(Guard guard) => false;

    /// <summary>The answer where something the commit guards did not hold, apart from what the customer's grain sees to itself.</summary>
    public virtual CustomerAnswer RefusedBy(CustomerFact fact, Guard guard) =>
        guard is Guard.Unique taken ? new CustomerAnswer.Taken(taken.Table, taken.Column, taken.Value) : new CustomerAnswer.Superseded();
}

/// <inheritdoc/>
internal abstract class CustomerFold<TFact> : CustomerFold
    where TFact : CustomerFact
{
    public sealed override Type Fact => typeof(TFact);

    public sealed override CustomerPatch? NewProfile(CustomerFact fact) => NewProfile((TFact)fact);

    public sealed override Folded Fold(CustomerFact fact, CustomerWork work) => Fold((TFact)fact, work);

    protected abstract CustomerPatch? NewProfile(TFact fact);

    protected abstract Folded Fold(TFact fact, CustomerWork work);
}
