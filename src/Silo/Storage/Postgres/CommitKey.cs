namespace Marketing.Storage.Postgres;

internal enum CommitKeyKind
{
    Customer,
    CustomerId,
    CustomerSource,
    Order,
    OrderId,
    OrderSource,
    Operation,
    MessageBatch,
}

/// <summary>
/// Something a commit reads or changes that no other commit may touch at the same time. Guards of a batch are read together, before
/// anything of it is written, so two commits of one batch must not depend on each other.
/// </summary>
internal readonly record struct CommitKey(CommitKeyKind Kind, int Scope, long Number, string? Text = null)
{
    /// <summary>The keys of a commit; one may come up more than once.</summary>
    public static IEnumerable<CommitKey> Of(Commit commit)
    {
        var project = commit.Project;
        if (commit.Operation is { } operation)
        {
            yield return new(CommitKeyKind.Operation, project, 0, operation.Key);
        }

        if (commit.Customer is { } customer)
        {
            yield return Customer(customer.Number);
            yield return new(CommitKeyKind.CustomerId, project, 0, customer.Id);
            if (customer.SourceId is { } source)
            {
                yield return new(CommitKeyKind.CustomerSource, project, 0, source);
            }
        }

        if (commit.Removal is { } removal)
        {
            yield return Customer(removal.Number);
        }

        if (commit.Order is { } order)
        {
            yield return new(CommitKeyKind.Order, 0, order.Number);
            yield return new(CommitKeyKind.OrderId, project, 0, order.Id);
            if (order.SourceId is { } source)
            {
                yield return new(CommitKeyKind.OrderSource, project, 0, source);
            }

            // A removal takes the customer's orders along, the ones written before it and no others.
            if (order.Customer is { } buyer)
            {
                yield return Customer(buyer);
            }
        }

        foreach (var membership in commit.Memberships)
        {
            yield return Customer(membership.Customer);
        }

        foreach (var entry in commit.Activity)
        {
            yield return Customer(entry.Customer);
        }

        (int, long) last = default;
        foreach (var move in commit.Moves)
        {
            if (MessageBatches.SourceOf(move) is var source && source != last)
            {
                yield return new(CommitKeyKind.MessageBatch, source.Distribution, source.Number);
                last = source;
            }
        }
    }

    private static CommitKey Customer(long number) => new(CommitKeyKind.Customer, 0, number);
}
