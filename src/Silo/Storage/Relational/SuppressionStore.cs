using Marketing.Suppressions;

namespace Marketing.Storage.Relational;

/// <summary>Suppressed addresses. Addresses are kept in lower case.</summary>
internal sealed class SuppressionStore(ISqlDatabase database) : ISuppressionStore
{
    public Task<Suppression> AddAsync(int project, Suppression suppression)
    {
        var address = suppression.Address.ToLowerInvariant();
        return database.WriteAsync(async session =>
        {
            await session.RunAsync(new SqlQuery(Sql.Insert).Bind(project).Bind(suppression.Channel).Bind(address).Bind(suppression.Reason)
                .Bind(suppression.CreatedAt.ToStored()));
            return (await session.FirstAsync(new SqlQuery(Sql.Find).Bind(project).Bind(suppression.Channel).Bind(address), Row))!;
        });
    }

    public Task<bool> RemoveAsync(int project, string channel, string address) =>
        database.WriteAsync(async session =>
            await session.RunAsync(new SqlQuery(Sql.Delete).Bind(project).Bind(channel).Bind(address.ToLowerInvariant())) == 1);

    public Task<Page<Suppression>> ListAsync(
        int project, int limit, int page, string? channel, string? address, CancellationToken cancellation) =>
        database.ListAsync(
            async session =>
            {
                var filter = new SqlFilter(session.Dialect).And("project = ?", project).AndIf("channel = ?", channel)
                    .AndIf("address = ?", address?.ToLowerInvariant());
                var total = await session.NumberAsync(filter.Query("SELECT count(*) FROM suppressions")) ?? 0;
                var rows = filter.Query(Sql.Select, " ORDER BY created_at DESC, channel, address" + Pages.LimitOffset);
                return await Pages.NumberedAsync(session, rows, limit, page, total, Row, cancellation);
            },
            cancellation);

    private static Suppression Row(IRow row) =>
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
