using Marketing.Catalogue;
using Marketing.Storage;

namespace Marketing.Customers.Watching;

/// <summary>
/// What else becomes true when something happens to a customer, in the same commit: one for each feature that watches customers. They are asked in the order in which
/// they are registered, and what one raises those after it see. They decide anew whenever the commit is made anew.
/// </summary>
internal abstract class CustomerWatch
{
    /// <summary>
    /// Follows up what was raised before the others look at the profile: may read, change the profile, raise more and add to the commit. Says whether it did. Where it did, the others look again.
    /// </summary>
    /// <param name="work">What happened.</param>
    /// <param name="from">The first of what was raised since it was asked before.</param>
    public virtual ValueTask<bool> FollowAsync(CustomerWork work, int from) => new(false);

    /// <summary>Looks at what happened; may raise more, and add to the commit.</summary>
    /// <param name="work">What happened.</param>
    /// <param name="document">The profile as it is going to be stored.</param>
    /// <param name="looked">The profile as it was looked at before, in the same commit; null the first time.</param>
    public virtual void Look(CustomerWork work, byte[] document, byte[]? looked)
    {
    }

    /// <summary>Adds to the commit what refers to activity entries: nothing more is raised, and all have their numbers.</summary>
    public virtual ValueTask WriteAsync(CustomerWork work, INumbers numbers) => default;

    /// <summary>The commit is durable. Must not wait.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="row">The customer as it is now; null where it is not at hand.</param>
    public virtual void Committed(Commit commit, CustomerRow? row)
    {
    }

    /// <summary>The customer is about to be removed: adds what goes with it.</summary>
    /// <param name="row">The customer.</param>
    /// <param name="catalogue">What the removal is matched against.</param>
    /// <param name="leaving">To be added to.</param>
    public virtual ValueTask LeaveAsync(CustomerRow row, CatalogueSnapshot catalogue, Leaving leaving) => default;
}

/// <summary>Those of this silo's features.</summary>
internal sealed class CustomerWatches(IEnumerable<CustomerWatch> watches)
{
    private readonly CustomerWatch[] _watches = [.. watches];

    public ReadOnlySpan<CustomerWatch> All => _watches;

    /// <inheritdoc cref="CustomerWatch.FollowAsync"/>
    public async ValueTask<bool> FollowAsync(CustomerWork work, int from)
    {
        var isDifferent = false;
        foreach (var watch in _watches)
        {
            isDifferent |= await watch.FollowAsync(work, from);
        }

        return isDifferent;
    }

    public async ValueTask WriteAsync(CustomerWork work, INumbers numbers)
    {
        foreach (var watch in _watches)
        {
            await watch.WriteAsync(work, numbers);
        }
    }

    /// <inheritdoc cref="CustomerWatch.Committed"/>
    public void Committed(Commit commit, CustomerRow? row)
    {
        foreach (var watch in _watches)
        {
            watch.Committed(commit, row);
        }
    }

    /// <summary>What goes with a customer who is about to be removed.</summary>
    public async ValueTask<Leaving> LeaveAsync(CustomerRow row, CatalogueSnapshot catalogue)
    {
        var leaving = new Leaving();
        foreach (var watch in _watches)
        {
            await watch.LeaveAsync(row, catalogue, leaving);
        }

        return leaving;
    }
}

/// <summary>What goes with a customer.</summary>
internal sealed class Leaving
{
    /// <summary>The segments whose memberships go, where there are any.</summary>
    public List<int> Segments { get; } = [];

    /// <summary>To how many of them the customer belongs.</summary>
    public int Memberships { get; set; }
}
