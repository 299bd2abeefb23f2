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
                var over = session.Dialect.Over(address is null ? "suppressions_created" : "suppressions_address");
                var count = filter.Query($"SELECT count(*) FROM (SELECT 1 AS one FROM suppressions {over}", $"{(address is null ? Sql.Newest : "")} LIMIT ?) f");
                var newest = filter.Query($"{Sql.Select} {over}", Sql.Newest + Pages.LimitOffset);
                if (address is null)
                {
                    // Of one address there are few, and those are sorted.
                    (count, newest) = (count.OverIndexes(), newest.OverIndexes());
                }

                var counted = await session.NumberAsync(count.Bind(Pages.Counted + 1)) ?? 0;
                var skip = (long)limit * (Math.Max(page, 1) - 1);
                var rows = Pages.Cut(await session.AllAsync(newest.Bind(limit + 1).Bind(skip), Row, cancellation), limit);
                return rows with { Total = Math.Min(counted, Pages.Counted), TotalIsMinimum = counted > Pages.Counted };
            },
            cancellation);

    private static SqlFilter Of(ISqlSession session, int project, string? channel, string? address) =>
        new SqlFilter(session.Dialect).And("project = ?", project).AndIf("channel = ?", channel).AndAddress("address", address);

    private static Suppression Row(IRow row) =>
        new() { Channel = row.Text(0), Address = row.Text(1), Reason = row.Text(2), CreatedAt = row.Instant(3) };

    private static class Sql
    {
        public const string Select = "SELECT channel, address, reason, created_at FROM suppressions";

        public const string Newest = " ORDER BY created_at DESC, channel, address";

        public const string First = " ORDER BY created_at LIMIT 1";

        public const string Insert =
            "INSERT INTO suppressions (project, channel, address, reason, created_at) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    }
}
