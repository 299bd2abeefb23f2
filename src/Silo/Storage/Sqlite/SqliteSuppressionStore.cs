using Marketing.Suppressions;

namespace Marketing.Storage.Sqlite;

/// <summary>Suppressed addresses, in SQLite. Addresses are kept in lower case.</summary>
internal sealed class SqliteSuppressionStore(SqliteWriter writer, SqliteReaders readers) : ISuppressionStore
{
    public Task<Suppression> AddAsync(int project, Suppression suppression)
    {
        var address = suppression.Address.ToLowerInvariant();
        return writer.ExecuteAsync(session =>
        {
            session.Prepare(Sql.Insert).Bind(project).Bind(suppression.Channel).Bind(address).Bind(suppression.Reason)
                .Bind(suppression.CreatedAt.ToStored()).Run();
            return session.Prepare(Sql.Find).Bind(project).Bind(suppression.Channel).Bind(address).ReadFirst(Row)!;
        });
    }

    public Task<bool> RemoveAsync(int project, string channel, string address) =>
        writer.ExecuteAsync(session => session.Prepare(Sql.Delete).Bind(project).Bind(channel).Bind(address.ToLowerInvariant()).Run() == 1);

    public Task<Page<Suppression>> ListAsync(
        int project, int limit, int page, string? channel, string? address, CancellationToken cancellation) =>
        readers.ListAsync(
            session =>
            {
                var filter = new SqlFilter().And("project = ?", project).AndIf("channel = ?", channel)
                    .AndIf("address = ?", address?.ToLowerInvariant());
                var total = filter.Prepare(session, "SELECT count(*) FROM suppressions").ReadNumber() ?? 0;
                var rows = filter.Prepare(session, Sql.Select, " ORDER BY created_at DESC, channel, address" + Pages.LimitOffset);
                return Pages.Numbered(rows, limit, page, total, Row, cancellation);
            },
            cancellation);

    private static Suppression Row(SqliteStatement row) =>
        new() { Channel = row.Text(0), Address = row.Text(1), Reason = row.Text(2), CreatedAt = row.Instant(3) };

    private static class Sql
    {
        public const string Select = "SELECT channel, address, reason, created_at FROM suppressions";

        public const string Find = Select + " WHERE project = ?1 AND channel = ?2 AND address = ?3";

        public const string Insert =
            "INSERT INTO suppressions (project, channel, address, reason, created_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";

        public const string Delete = "DELETE FROM suppressions WHERE project = ?1 AND channel = ?2 AND address = ?3";
    }
}
