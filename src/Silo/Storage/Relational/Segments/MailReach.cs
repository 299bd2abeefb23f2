using System.Text.Json;
using Marketing.Customers;
using Marketing.Segments;
using Marketing.Suppressions;

namespace Marketing.Storage.Relational;

/// <summary>
/// Whom of a segment mail does not reach, counted over the indexes of those it does not reach: the work is that of the exceptions. Addresses that are not plain
/// are left out, because what they are takes more than a comparison.
/// </summary>
internal static class MailReach
{
    private const int SharedAtOnce = 10_000;

    public static async ValueTask<MailReachCounts> CountAsync(ISqlSession session, int project, int segment, string channel, string? topic)
    {
        var members = await session.NumberAsync(new SqlQuery(SegmentSql.CountMembers).Bind(segment)) ?? 0;
        var without = await CountWithoutAddressAsync(session, project, segment, members);
        var odd = await session.NumberAsync(new SqlQuery(Sql.Odd(session.Dialect)).Bind(segment).Bind(project).Bind(long.MaxValue).OverIndexes()) ?? 0;
        var suppressed = await session.AllAsync(
            new SqlQuery(Sql.Suppressed(session.Dialect)).Bind(segment).Bind(project).Bind(channel).Bind(long.MaxValue).Bind(topic ?? "").OverIndexes(),
            static row => (Reason: SuppressionRanks.Reason(row.Text(0)), Count: row.Number(1)));
        return new MailReachCounts(members, without, odd, suppressed.ToDictionary(row => row.Reason, row => row.Count, StringComparer.Ordinal));
    }

    /// <summary>Members with a plain address, not suppressed, that a member before them has. The work is that of going through the index of the project's addresses, and of the members who share one.</summary>
    public static async ValueTask<long> CountSharedAsync(ISqlSession session, int project, int segment, string channel, string? topic = null)
    {
        long count = 0;
        for (var last = ""; ;)
        {
            var shared = await session.AllAsync(
                new SqlQuery(Sql.SharedAddresses(session.Dialect)).Bind(project).Bind(last).Bind(SharedAtOnce).OverIndexes(), static row => row.Text(0));
            if (shared.Count > 0)
            {
                count += await session.NumberAsync(
                    new SqlQuery(Sql.MembersOf(session.Dialect)).Bind(segment).Bind(project).Bind(channel).Bind(topic ?? "").Bind(JsonSerializer.Serialize(shared))) ?? 0;
                last = shared[^1];
            }

            if (shared.Count < SharedAtOnce)
            {
                return count;
            }
        }
    }

    /// <summary>How many of some addresses a member has.</summary>
    public static async ValueTask<long> CountPlainAsync(ISqlSession session, int project, int segment, IEnumerable<string> addresses) =>
        await session.NumberAsync(new SqlQuery(Sql.Plain(session.Dialect)).Bind(segment).Bind(project).Bind(JsonSerializer.Serialize(addresses))) ?? 0;

    /// <summary>Members whose address is not plain, in order of customer number.</summary>
    public static ValueTask<List<CustomerRow>> ReadOddAsync(ISqlSession session, int project, int segment, long afterNumber, int limit) => session.AllAsync(
        new SqlQuery(Sql.ReadOdd(session.Dialect)).Bind(segment).Bind(project).Bind(afterNumber).Bind(limit).OverIndexes(), CustomerSql.Row);

    // From those without an address to the members, or the other way round where that are fewer.
    private static async ValueTask<long> CountWithoutAddressAsync(ISqlSession session, int project, int segment, long members)
    {
        var dialect = session.Dialect;
        var without = await session.NumberAsync(new SqlQuery(Sql.CountWithout(dialect)).Bind(project).Bind(members + 1).OverIndexes()) ?? 0;
        var sql = without <= members ? Sql.WithoutToMembers(dialect) : Sql.MembersToWithout(dialect);
        return await session.NumberAsync(new SqlQuery(sql).Bind(segment).Bind(project).Bind(long.MaxValue).OverIndexes()) ?? 0;
    }

    // The limits limit nothing: what has one is read as it is written, before it is joined.
    private static class Sql
    {
        private const string IsMember = "m.segment = ?1 AND m.customer = f.no";

        public static string CountWithout(SqlDialect dialect) =>
            $"""
            SELECT count(*) FROM (
                SELECT c.no FROM customers c {dialect.Over("customers_no_address")} WHERE c.project = ?1 AND c.email IS NULL ORDER BY c.no LIMIT ?2) f
            """;

        public static string WithoutToMembers(SqlDialect dialect) =>
            $"""
            SELECT count(*) FROM (
                SELECT c.no FROM customers c {dialect.Over("customers_no_address")} WHERE c.project = ?2 AND c.email IS NULL ORDER BY c.no LIMIT ?3) f
            CROSS JOIN memberships m WHERE {IsMember}
            """;

        public static string MembersToWithout(SqlDialect dialect) =>
            $"""
            SELECT count(*) FROM (SELECT m.customer FROM memberships m WHERE m.segment = ?1 ORDER BY m.customer LIMIT ?3) f
            CROSS JOIN customers c {dialect.Over("customers_no_address")} WHERE c.project = ?2 AND c.no = f.customer AND c.email IS NULL
            """;

        public static string Odd(SqlDialect dialect) =>
            $"""
            SELECT count(*) FROM (
                SELECT c.no FROM customers c {dialect.Over("customers_odd_address")}
                WHERE c.project = ?2 AND c.email IS NOT NULL AND {dialect.IsOdd("c.email")} ORDER BY {dialect.NumberOfOdd} LIMIT ?3) f
            CROSS JOIN memberships m WHERE {IsMember}
            """;

        public static string ReadOdd(SqlDialect dialect) =>
            $"""
            SELECT {CustomerSql.Columns} FROM customers c {dialect.Over("customers_odd_address")}
            WHERE c.project = ?2 AND c.email IS NOT NULL AND {dialect.IsOdd("c.email")} AND {dialect.NumberOfOdd} > ?3
                AND EXISTS (SELECT 1 FROM memberships m WHERE m.segment = ?1 AND m.customer = {dialect.NotOverIndexOf("c.no")})
            ORDER BY {dialect.NumberOfOdd} LIMIT ?4
            """;

        public static string SharedAddresses(SqlDialect dialect) =>
            $"""
            SELECT lower(c.email) FROM customers c {dialect.Over("customers_email")}
            WHERE c.project = ?1 AND c.email IS NOT NULL AND lower(c.email) > ?2 GROUP BY lower(c.email) HAVING count(*) > 1 ORDER BY lower(c.email) LIMIT ?3
            """;

        public static string MembersOf(SqlDialect dialect) =>
            $"""
            SELECT {dialect.Sum("f.members - 1")} FROM (
                SELECT n.value, count(*) AS members
                FROM {dialect.ForEach("?5", "customers", "c", "c.project = ?2 AND c.email IS NOT NULL AND lower(c.email) = n.value")}
                WHERE c.email = n.value AND NOT {dialect.IsOdd("c.email")} AND EXISTS (SELECT 1 FROM memberships m WHERE m.segment = ?1 AND m.customer = c.no)
                    AND NOT EXISTS (SELECT 1 FROM suppressions p WHERE p.project = ?2 AND p.address = c.email AND p.channel IN (?3, 'all') AND p.topic IN ('', ?4))
                GROUP BY n.value) f
            """;

        public static string Plain(SqlDialect dialect) =>
            $"""
            SELECT count(DISTINCT n.value) FROM {dialect.ForEach("?3", "customers", "c", "c.project = ?2 AND c.email IS NOT NULL AND lower(c.email) = n.value")}
            WHERE c.email = n.value AND NOT {dialect.IsOdd("c.email")} AND EXISTS (SELECT 1 FROM memberships m WHERE m.segment = ?1 AND m.customer = c.no)
            """;

        // Whose address is plain is found by it; its first spelling is the only one. The index holds what lower() makes, which for SQLite is not a text before it is compared.
        public static string Suppressed(SqlDialect dialect) =>
            $"""
            SELECT f.rank, count(*) FROM (
                SELECT p.address, min(CASE p.topic WHEN '' THEN p.reason ELSE '{SuppressionRanks.OfTopic}' END) AS rank FROM suppressions p
                WHERE p.project = ?2 AND p.channel IN (?3, 'all') AND p.topic IN ('', ?5) AND NOT {dialect.IsOdd("p.address")}
                GROUP BY p.address ORDER BY p.address LIMIT ?4) f
            CROSS JOIN customers c {dialect.Over("customers_email")} CROSS JOIN memberships m
            WHERE c.project = ?2 AND c.email IS NOT NULL AND lower(c.email) = {dialect.NotOverIndexOf("f.address")} AND c.email = f.address
                AND m.segment = ?1 AND m.customer = c.no GROUP BY f.rank
            """;
    }
}
