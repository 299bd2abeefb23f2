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
            await PutAsync(session, project, suppression);
            return (await session.FirstAsync(Of(session, project, suppression.Channel, address, suppression.Topic ?? "").Query(Sql.Select, Sql.First), Row))!;
        });
    }

    public Task AddAllAsync(int project, IReadOnlyList<Suppression> suppressions) => ChooseAsync(project, suppressions, []);

    public Task ChooseAsync(int project, IReadOnlyList<Suppression> added, IReadOnlyList<Suppression> removed) => database.WriteAsync(
        async session =>
        {
            // In the order of commits, which change rows too: two that meet wait for each other in one direction only.
            foreach (var suppression in added.OrderBy(static one => one.Channel, StringComparer.Ordinal).ThenBy(static one => EmailAddress.KeyOf(one.Address), StringComparer.Ordinal)
                         .ThenBy(static one => one.Topic, StringComparer.Ordinal))
            {
                await PutAsync(session, project, suppression);
            }

            foreach (var suppression in removed)
            {
                await session.RunAsync(
                    Of(session, project, suppression.Channel, suppression.Address, suppression.Topic ?? "").And("reason = ?", suppression.Reason).Query("DELETE FROM suppressions"));
            }

            return true;
        },
        added.Count + removed.Count);

    public Task<bool> RemoveAsync(int project, string channel, string address, string? topic, string? reason) =>
        database.WriteAsync(async session =>
            await session.RunAsync(Of(session, project, channel, address, topic ?? "").AndIf("reason = ?", reason).Query("DELETE FROM suppressions")) > 0);

    public Task<Page<Suppression>> ListAsync(int project, int limit, int page, SuppressionFilter filter, CancellationToken cancellation) =>
        database.ListAsync(
            async session =>
            {
                var (address, reason) = (filter.Address, filter.Reason);
                var conditions = Of(session, project, filter.Channel, address, filter.Topic).AndIf("reason = ?", reason);
                var over = session.Dialect.Over(address is not null ? "suppressions_address" : reason is not null ? "suppressions_reason" : "suppressions_created");
                var count = conditions.Query($"SELECT count(*) FROM (SELECT 1 AS one FROM suppressions {over}", $"{(address is null ? Sql.Newest : "")} LIMIT ?) f");
                var newest = conditions.Query($"{Sql.Select} {over}", Sql.Newest + Pages.LimitOffset);
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

    public Task<IReadOnlyList<Suppression>> WalkAsync(int project, Suppression? after, int limit) => database.ListAsync<IReadOnlyList<Suppression>>(async session =>
        await session.AllAsync(
            (after is null ? new SqlQuery(Sql.WalkFirst).Bind(project) : new SqlQuery(Sql.WalkOn).Bind(project).Bind(after.Address).Bind(after.Channel).Bind(after.Topic ?? "")).Bind(limit)
                .OverIndexes(),
            Row));

    private static async Task PutAsync(ISqlSession session, int project, Suppression suppression)
    {
        // In another spelling it may be there from before spellings were one.
        var find = Of(session, project, suppression.Channel, EmailAddress.KeyOf(suppression.Address), suppression.Topic ?? "").Query(Sql.Select, Sql.First);
        var present = await session.FirstAsync(find, Row);
        if (present is not null && (present.Reason != SuppressionReasons.Unsubscribed || suppression.Reason == SuppressionReasons.Unsubscribed))
        {
            return;
        }

        // Whoever unsubscribed may be taking that back at this moment: then there is nothing to change, and it is added.
        if (present is null || await session.RunAsync(Strengthen(project, present, suppression.Reason)) == 0)
        {
            await session.RunAsync(Insert(project, suppression));
        }
    }

    private static SqlQuery Strengthen(int project, Suppression present, string reason) => new SqlQuery(Sql.Strengthen).Bind(project).Bind(present.Address).Bind(present.Channel)
        .Bind(present.Topic ?? "").Bind(reason);

    private static SqlQuery Insert(int project, Suppression suppression) => new SqlQuery(Sql.Insert).Bind(project).Bind(suppression.Channel)
        .Bind(EmailAddress.KeyOf(suppression.Address)).Bind(suppression.Reason).Bind(suppression.CreatedAt.ToStored()).Bind(suppression.Topic ?? "");

    private static SqlFilter Of(ISqlSession session, int project, string? channel, string? address, string? topic) =>
        new SqlFilter(session.Dialect).And("project = ?", project).AndIf("channel = ?", channel).AndAddress("address", address).AndIf("topic = ?", topic);

    private static Suppression Row(IRow row) =>
        new() { Channel = row.Text(0), Address = row.Text(1), Reason = row.Text(2), CreatedAt = row.Instant(3), Topic = row.Text(4) is { Length: > 0 } topic ? topic : null };

    private static class Sql
    {
        public const string Select = "SELECT channel, address, reason, created_at, topic FROM suppressions";

        public const string Newest = " ORDER BY created_at DESC, channel, address, topic";

        public const string First = " ORDER BY created_at LIMIT 1";

        public const string WalkFirst = Select + " WHERE project = ?1 ORDER BY address, channel, topic LIMIT ?2";

        public const string WalkOn = Select + " WHERE project = ?1 AND (address, channel, topic) > (?2, ?3, ?4) ORDER BY address, channel, topic LIMIT ?5";

        public const string Strengthen =
            "UPDATE suppressions SET reason = ?5 WHERE project = ?1 AND address = ?2 AND channel = ?3 AND topic = ?4 AND reason = 'unsubscribed'";

        public const string Insert =
            """
            INSERT INTO suppressions (project, channel, address, reason, created_at, topic) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (project, address, channel, topic) DO UPDATE SET reason = excluded.reason
            WHERE suppressions.reason = 'unsubscribed' AND excluded.reason <> 'unsubscribed'
            """;
    }
}
