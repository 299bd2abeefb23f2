using Marketing.Customers;
using Marketing.Suppressions;

namespace Marketing.Storage.Relational;

/// <summary>Suppressed addresses, kept as <see cref="EmailAddress.KeyOf"/> spells them. Older rows may have the domain in letters and count as much.</summary>
internal sealed class SuppressionStore(ISqlDatabase database) : ISuppressionStore
{
    public Task<Suppression> AddAsync(int project, Suppression suppression)
    {
        var address = EmailAddress.KeyOf(suppression.Address);
        return database.WriteAsync(async session =>
        {
            var find = Of(session, project, suppression.Channel, address);
            if (await session.FirstAsync(find.Query(Sql.Select, Sql.First), Row) is { } present)
            {
                return present;
            }

            await session.RunAsync(new SqlQuery(Sql.Insert).Bind(project).Bind(suppression.Channel).Bind(address).Bind(suppression.Reason)
                .Bind(suppression.CreatedAt.ToStored()));
            return (await session.FirstAsync(find.Query(Sql.Select, Sql.First), Row))!;
        });
    }

    public Task<bool> RemoveAsync(int project, string channel, string address) =>
        database.WriteAsync(async session =>
            await session.RunAsync(Of(session, project, channel, address).Query("DELETE FROM suppressions")) > 0);

    public Task<Page<Suppression>> ListAsync(
        int project, int limit, int page, string? channel, string? address, CancellationToken cancellation) =>
        database.ListAsync(
            async session =>
            {
                var filter = Of(session, project, channel, address);
                var total = await session.NumberAsync(filter.Query("SELECT count(*) FROM suppressions")) ?? 0;
                var rows = filter.Query(Sql.Select, " ORDER BY created_at DESC, channel, address" + Pages.LimitOffset);
                return await Pages.NumberedAsync(session, rows, limit, page, total, Row, cancellation);
            },
            cancellation);

    private static SqlFilter Of(ISqlSession session, int project, string? channel, string? address) =>
        new SqlFilter(session.Dialect).And("project = ?", project).AndIf("channel = ?", channel).AndAddress("address", address);

    private static Suppression Row(IRow row) =>
        new() { Channel = row.Text(0), Address = row.Text(1), Reason = row.Text(2), CreatedAt = row.Instant(3) };

    private static class Sql
    {
        public const string Select = "SELECT channel, address, reason, created_at FROM suppressions";

        public const string First = " ORDER BY created_at LIMIT 1";

        public const string Insert =
            "INSERT INTO suppressions (project, channel, address, reason, created_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    }
}
