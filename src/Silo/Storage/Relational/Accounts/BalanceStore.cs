using System.Text.Json;

namespace Marketing.Storage.Relational;

/// <summary>Reads of accounts.</summary>
internal sealed class BalanceStore(ISqlDatabase database) : IBalanceStore
{
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(int project, IReadOnlyCollection<string> accounts)
    {
        var values = accounts.Distinct(StringComparer.Ordinal).ToDictionary(static account => account, static _ => 0L, StringComparer.Ordinal);
        var found = await database.PointAsync(session => session.AllAsync(
            new SqlQuery(Sql.Values(session.Dialect)).Bind(project).Bind(JsonSerializer.Serialize(values.Keys)), static row => (row.Text(0), row.Number(1))));
        foreach (var (account, value) in found)
        {
            values[account] = value;
        }

        return values;
    }

    public Task<Page<LedgerRow>> LedgerAsync(int project, string account, long? before, int limit, CancellationToken cancellation) =>
        database.ListAsync(
            async session =>
            {
                var rows = await session.AllAsync(
                    new SqlQuery(Sql.Entries).Bind(project).Bind(account).Bind(before ?? long.MaxValue).Bind(limit + 1),
                    static row => new LedgerRow(row.Number(0), row.Number(1), row.Number(2), row.Number(3), row.Text(4), row.Instant(5), row.Blob(6)), cancellation);
                return Pages.Cut(rows, limit);
            },
            cancellation);

    private static class Sql
    {
        public const string Entries =
            """
            SELECT position, no, delta, value, type, created_at, document FROM ledger
            WHERE project = ?1 AND account = ?2 AND position < ?3 ORDER BY position DESC LIMIT ?4
            """;

        public static string Values(SqlDialect dialect) =>
            $"SELECT b.account, b.value FROM {dialect.Elements("?2")} JOIN balances b ON b.project = ?1 AND b.account = n.value";
    }
}
