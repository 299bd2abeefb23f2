namespace Marketing.Customers.Facts;

/// <summary>What a fact came to, once it was folded into a profile.</summary>
/// <param name="Commits">Whether there is something to be written.</param>
/// <param name="Entries">The positions of the fact's own events among what was raised.</param>
/// <param name="Refusal">What is answered where it was not taken.</param>
internal readonly record struct Folded(bool Commits, IReadOnlyList<int> Entries, CustomerAnswer? Refusal)
{
    /// <summary>It is so already.</summary>
    public static Folded Nothing => new(false, [], null);

    /// <summary>It changed something.</summary>
    public static Folded Changed(params IReadOnlyList<int> entries) => new(true, entries, null);

    /// <summary>It does not go with the customer as it is.</summary>
    public static Folded Refused(CustomerAnswer answer) => new(false, [], answer);
}
