using Marketing.Customers;

namespace Marketing.Storage.Sqlite;

/// <summary>
/// Turns one commit into rows. All guards are read before anything is written, so a refused commit leaves nothing to undo
/// however many guards it has: this thread is the only writer and holds the write lock.
/// </summary>
internal sealed class CommitTransaction(
    SqliteSession session, ICatalogueFence catalogues, CustomerRows customers, TableRows tables, BalanceRows balances, MessageRows messages,
    CourtesyRows courtesy, ImportRows imports)
{
    public CommitOutcome Apply(Commit commit, CounterDeltas counters)
    {
        var refusal = Guard(commit);
        if (refusal is null)
        {
            WriteGuarded(commit, counters);
            WriteRest(commit, counters);
        }

        return new CommitOutcome(refusal);
    }

    private Guard? Guard(Commit commit)
    {
        if (commit.CatalogueVersion > 0 && commit.CatalogueVersion < catalogues.CurrentVersion(commit.Project))
        {
            return new Guard.Catalogue(commit.Project);
        }

        if (commit.Fence is { } fence && !messages.Owns(fence))
        {
            return new Guard.Lane(fence.Distribution, fence.Lane);
        }

        if (commit.Operation is { } operation
            && session.Prepare(Sql.HasOperation).Bind(commit.Project).Bind(operation.Key).ReadNumber() is not null)
        {
            return new Guard.Operation(operation.Key);
        }

        // Before the rows: given again, its rows are no longer as they were because it was written.
        if (commit.Balances.Count > 0 && commit.Balances.Find(balances.IsMade) is { } made)
        {
            return Ledger.AlreadyHas(made);
        }

        Guard? refusal = null;
        for (var row = 0; row < commit.Rows.Count && refusal is null; row++)
        {
            refusal = tables.Guard(commit.Project, commit.Rows[row]);
        }

        if (commit.Removal is { } removal)
        {
            refusal ??= customers.Guard(commit.Project, removal);
        }

        if (commit.Customer is { } customer)
        {
            refusal ??= customers.Guard(commit.Project, customer);
        }

        return refusal ?? courtesy.Guard(commit) ?? balances.Guard(commit.Project, commit.Balances);
    }

    private void WriteGuarded(Commit commit, CounterDeltas counters)
    {
        if (commit.Customer is { } customer)
        {
            customers.Write(commit.Project, customer, counters);
        }

        if (commit.Removal is { } removal)
        {
            customers.Remove(commit.Project, removal, counters);
            tables.Erase(commit.Project, removal.Number, counters);
        }

        foreach (var write in commit.Rows)
        {
            tables.Write(commit.Project, write, counters);
        }

        foreach (var change in commit.Balances)
        {
            balances.Write(commit.Project, change);
        }

        courtesy.Write(commit);
        if (commit.Operation is { } operation)
        {
            session.Prepare(Sql.InsertOperation)
                .Bind(commit.Project).Bind(operation.Key).Bind(operation.Fingerprint).Bind(operation.Result).Bind(operation.At.ToStored()).Run();
        }

        if (commit.Import is { } row)
        {
            imports.Note(commit.Project, row);
        }
    }

    private void WriteRest(Commit commit, CounterDeltas counters)
    {
        counters.Tallies(commit);
        foreach (var membership in commit.Memberships)
        {
            customers.Write(membership, commit.Customer, counters);
        }

        foreach (var entry in commit.Activity)
        {
            session.Prepare(Sql.InsertActivity)
                .Bind(entry.Number).Bind(commit.Project).Bind(entry.Customer).Bind(entry.Type).Bind(entry.At.ToStored())
                .Bind(entry.GroupId).Bind(entry.Channel).Bind(entry.Data).Run();
        }

        foreach (var message in commit.Messages)
        {
            messages.Insert(commit.Project, message, counters);
        }

        commit.Moved?.Clear();
        foreach (var move in commit.Moves)
        {
            if (messages.Move(commit.Project, move, counters))
            {
                commit.Moved?.Add(move.Number);
            }
        }

        foreach (var suppression in commit.Suppressions)
        {
            session.Prepare(Sql.InsertSuppression)
                .Bind(commit.Project).Bind(suppression.Channel).Bind(EmailAddress.KeyOf(suppression.Address)).Bind(suppression.Reason)
                .Bind(suppression.At.ToStored()).Run();
        }
    }

    private static class Sql
    {
        public const string HasOperation = "SELECT 1 FROM operations WHERE project = ?1 AND key = ?2";

        public const string InsertOperation =
            "INSERT INTO operations (project, key, fingerprint, result, created_at) VALUES (?1, ?2, ?3, ?4, ?5)";

        public const string InsertActivity =
            """
            INSERT INTO activity (no, project, customer, type, created_at, group_id, channel, data)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING
            """;

        public const string InsertSuppression =
            """
            INSERT INTO suppressions (project, channel, address, reason, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (project, address, channel, topic) DO UPDATE SET reason = excluded.reason
            WHERE suppressions.reason = 'unsubscribed' AND excluded.reason <> 'unsubscribed'
            """;
    }
}
