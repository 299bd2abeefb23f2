namespace Marketing.Storage.Postgres;

internal enum CommitKeyKind
{
    Customer,
    CustomerId,
    CustomerSource,
    Row,
    RowId,
    RowUnique,
    Operation,
    MessageBatch,
}

/// <summary>
/// Something a commit reads or changes that no other commit may touch at the same time. Guards of a group are read together, before
/// anything of it is written, so two commits of one group must not depend on each other.
/// </summary>
internal readonly record struct CommitKey(CommitKeyKind Kind, int Scope, long Number, string? Text = null, object? Among = null)
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

        foreach (var write in commit.Rows)
        {
            yield return new(CommitKeyKind.Row, 0, write.Row.Number, Among: write.Table);
            yield return new(CommitKeyKind.RowId, project, 0, write.Row.Id, write.Table);
            foreach (var column in write.Table.Unique)
            {
                if (column.TextOf(write.Row) is { } value)
                {
                    yield return new(CommitKeyKind.RowUnique, project, 0, value, column);
                }
            }

            // A removal takes what belongs to the customer along, written before it and nothing else.
            if (write.Owner is { } owner)
            {
                yield return Customer(owner);
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
