using System.Collections.Frozen;

namespace Marketing.Customers.Facts;

/// <summary>The kinds of facts that this silo's features know.</summary>
internal sealed class CustomerFolds(IEnumerable<CustomerFold> folds)
{
    private readonly FrozenDictionary<Type, CustomerFold> _folds = folds.ToFrozenDictionary(static fold => fold.Fact);

    public CustomerFold Of(CustomerFact fact) =>
        _folds.TryGetValue(fact.GetType(), out var fold) ? fold : throw new ArgumentException($"No feature of this silo knows what {fact.GetType().Name} means.", nameof(fact));
}
