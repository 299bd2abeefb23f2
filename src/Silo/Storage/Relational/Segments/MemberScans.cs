using Marketing.Customers;
using Marketing.Segments;

namespace Marketing.Storage.Relational;

/// <summary>The members of a segment, part by part.</summary>
internal sealed class MemberScans(ISqlDatabase database) : IMemberScans
{
    private const string Scan =
        "SELECT " + CustomerSql.Columns + " FROM memberships m JOIN customers c ON c.no = m.customer"
        + " WHERE m.segment = ?1 AND m.customer > ?2 ORDER BY m.customer LIMIT ?3";

    public Task<IReadOnlyList<CustomerRow>> ScanAsync(int segment, long afterNumber, int limit) =>
        database.ListAsync<IReadOnlyList<CustomerRow>>(async session =>
            await session.AllAsync(new SqlQuery(Scan).Bind(segment).Bind(afterNumber).Bind(limit), CustomerSql.Row));

    public Task<MailReachCounts> CountMailReachAsync(int project, int segment, string channel, string? topic = null) =>
        database.ListAsync(session => MailReach.CountAsync(session, project, segment, channel, topic));

    public Task<long> CountSharedMailAsync(int project, int segment, string channel, string? topic = null) =>
        database.ListAsync(session => MailReach.CountSharedAsync(session, project, segment, channel, topic));

    public async Task<long> CountPlainAsync(int project, int segment, IReadOnlyCollection<string> addresses) =>
        addresses.Count == 0 ? 0 : await database.ListAsync(session => MailReach.CountPlainAsync(session, project, segment, addresses));

    public Task<IReadOnlyList<CustomerRow>> ScanOddAsync(int project, int segment, long afterNumber, int limit) =>
        database.ListAsync<IReadOnlyList<CustomerRow>>(async session => await MailReach.ReadOddAsync(session, project, segment, afterNumber, limit));
}
