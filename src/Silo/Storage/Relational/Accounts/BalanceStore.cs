using System.Text.Json;

namespace Marketing.Storage.Relational;

/// <summary>Reads of accounts.</summary>
internal sealed class BalanceStore(ISqlDatabase database) : IBalanceStore
{
    private readonly GroupedReads<string, (string Account, long Value)> _values = new(
        database,
        (project, accounts) => database.PointAsync<IReadOnlyList<(string, long)>>(async session => await session.AllAsync(
            new SqlQuery(Sql.Values(session.Dialect)).Bind(project).Bind(JsonSerializer.Serialize(accounts)), static row => (row.Text(0), row.Number(1)))),
        static found => found.Account);

    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(int project, IReadOnlyCollection<string> accounts)
    {
        var values = accounts.Distinct(StringComparer.Ordinal).ToDictionary(static account => account, static _ => 0L, StringComparer.Ordinal);
        foreach (var (account, value) in await _values.ReadAsync(project, values.Keys))
        {
            values[account] = value;
        }

        return values;
    }

    public Task<Page<LedgerRow>> LedgerAsync(int project, string account, long? beyond, int limit, CancellationToken cancellation, bool ascending) =>
        database.ListAsync(
            async session =>
            {
                var rows = await session.AllAsync(
                    new SqlQuery(ascending ? Sql.EntriesUp : Sql.Entries).Bind(project).Bind(account).Bind(beyond ?? Start(ascending)).Bind(limit + 1),
                    EntryOf, cancellation);
                return Pages.Cut(rows, limit);
            },
            cancellation);

    public Task<Page<ListedEntry>> ListedAsync(int project, string listed, LedgerRow? after, int limit, CancellationToken cancellation, bool ascending) =>
        database.ListAsync(
            async session =>
            {
                var query = new SqlQuery(ascending ? Sql.ListedUp : Sql.Listed).Bind(project).Bind(listed)
                    .Bind(after?.At.ToStored() ?? Start(ascending)).Bind(after?.Entry ?? Start(ascending)).Bind(limit + 1);
                return Pages.Cut(await session.AllAsync(query, ListedOf, cancellation), limit);
            },
            cancellation);

    public Task<ListedEntry?> FindEntryAsync(int project, long entry) =>
        database.PointAsync(session => session.FirstAsync(new SqlQuery(Sql.Entry).Bind(project).Bind(entry), ListedOf));

    private static long Start(bool ascending) => ascending ? long.MinValue : long.MaxValue;

    private static LedgerRow EntryOf(IRow row) => new(row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Text(4), row.Instant(5), row.Blob(6));

    private static ListedEntry ListedOf(IRow row) => new(row.Text(7), EntryOf(row));

    private static class Sql
    {
        public const string Entries =
            """
            SELECT position, no, delta, value, type, created_at, document FROM ledger
            WHERE project = ?1 AND account = ?2 AND position < ?3 ORDER BY position DESC LIMIT ?4
            """;

        public const string EntriesUp =
            """
            SELECT position, no, delta, value, type, created_at, document FROM ledger
            WHERE project = ?1 AND account = ?2 AND position > ?3 ORDER BY position LIMIT ?4
            """;

        public const string Listed =
            """
            SELECT position, no, delta, value, type, created_at, document, account FROM ledger
            WHERE project = ?1 AND listed = ?2 AND (created_at, no) < (?3, ?4) ORDER BY created_at DESC, no DESC LIMIT ?5
            """;

        public const string ListedUp =
            """
            SELECT position, no, delta, value, type, created_at, document, account FROM ledger
            WHERE project = ?1 AND listed = ?2 AND (created_at, no) > (?3, ?4) ORDER BY created_at, no LIMIT ?5
            """;

        public const string Entry = "SELECT position, no, delta, value, type, created_at, document, account FROM ledger WHERE no = ?2 AND project = ?1";

        public static string Values(SqlDialect dialect) =>
            $"SELECT b.account, b.value FROM {dialect.ForEach("?2", "balances", "b", "b.project = ?1 AND b.account = n.value")}";
    }
}
