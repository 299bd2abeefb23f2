namespace Marketing.Storage.Sqlite;

/// <summary>Guards and writes of changes of accounts.</summary>
internal sealed class BalanceRows(SqliteSession session)
{
    /// <summary>Whether the change was made before.</summary>
    public bool IsMade(BalanceChange change) => session.Prepare(Sql.Made).Bind(change.Entry).ReadNumber() is not null;

    /// <summary>The first guard that does not hold, as the changes come one after the other.</summary>
    public Guard? Guard(int project, IReadOnlyList<BalanceChange> changes)
    {
        Dictionary<string, long>? earlier = null;
        foreach (var change in changes)
        {
            var value = earlier is not null && earlier.TryGetValue(change.Account, out var known)
                ? known
                : session.Prepare(Sql.Value).Bind(project).Bind(change.Account).ReadNumber() ?? 0;
            if (change.AppliedTo(value) is not { } after)
            {
                return new Guard.Balance(change.Account, value);
            }

            if (changes.Count > 1)
            {
                (earlier ??= new Dictionary<string, long>(StringComparer.Ordinal))[change.Account] = after;
            }
        }

        return null;
    }

    public void Write(int project, BalanceChange change)
    {
        var (value, position) = session.Prepare(Sql.Add).Bind(project).Bind(change.Account).Bind(change.Delta)
            .ReadFirst(static row => (row.Number(0), row.Number(1)));
        session.Prepare(Sql.Enter).Bind(project).Bind(change.Account).Bind(position).Bind(change.Entry).Bind(change.Delta).Bind(value)
            .Bind(change.Type).Bind(change.At.ToStored()).Bind(change.Document).Bind(change.Listed).Run();
    }

    private static class Sql
    {
        public const string Made = "SELECT 1 FROM ledger WHERE no = ?1";

        public const string Value = "SELECT value FROM balances WHERE project = ?1 AND account = ?2";

        public const string Add =
            """
            INSERT INTO balances (project, account, value, entries) VALUES (?1, ?2, ?3, 1)
            ON CONFLICT (project, account) DO UPDATE SET value = value + ?3, entries = entries + 1 RETURNING value, entries
            """;

        public const string Enter =
            """
            INSERT INTO ledger (project, account, position, no, delta, value, type, created_at, document, listed)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """;
    }
}
