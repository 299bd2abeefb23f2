using Marketing.Segments;
using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>Segments as rows and the bulk work of their synchronisation, in SQLite.</summary>
internal sealed class SqliteSegmentStore(SqliteWriter writer, SqliteReaders readers, SqliteDatabase database) : ISegmentStore
{
    public Task SaveAsync(SegmentRow row) =>
        writer.ExecuteAsync(session => session.Prepare(SegmentSql.Save)
            .Bind(row.Number).Bind(row.Project).Bind(row.Id).Bind(row.Name).Bind(row.Type).Bind(row.CreatedAt.ToStored())
            .Bind(row.UpdatedAt.ToStored()).Bind(row.Baseline.ToStored()).Bind(row.Synced).Bind(row.Progress).Bind(row.Filter).Run());

    public Task DeleteAsync(int segment) =>
        writer.ExecuteAsync(session => session.Prepare("DELETE FROM segments WHERE number = ?1").Bind(segment).Run());

    public Task<int> DeleteMembershipsAsync(int segment, int limit) =>
        writer.ExecuteAsync(
            session =>
            {
                var deleted = session.Prepare(SegmentSql.DeleteMembers).Bind(segment).Bind(limit).Run();
                session.Counters.Members(segment, -deleted);
                return deleted;
            },
            limit);

    public Task<IReadOnlyList<SegmentRow>> AllAsync(int project) =>
        readers.ListAsync<IReadOnlyList<SegmentRow>>(session => session.Prepare(SegmentSql.All).Bind(project).ReadAll(SegmentSql.Row));

    public Task<IReadOnlyList<SegmentRow>> UnsyncedAsync() =>
        readers.ListAsync<IReadOnlyList<SegmentRow>>(session => session.Prepare(SegmentSql.Unsynced).ReadAll(SegmentSql.Row));

    public Task<long> CountMembersAsync(int segment) =>
        readers.PointAsync(session => session.Prepare(SegmentSql.CountMembers).Bind(segment).ReadNumber() ?? 0);

    public Task<bool> IsMemberAsync(int segment, long customer) =>
        readers.PointAsync(session => session.Prepare(SegmentSql.IsMember).Bind(segment).Bind(customer).ReadNumber() is not null);

    public Task<Page<Segment>> ListAsync(
        int project, int limit, int page, bool ascending, TimeRange? createdAt, IReadOnlyList<string>? ids, CancellationToken cancellation) =>
        database.ListAsync(session => SegmentList.ReadAsync(session, project, limit, page, ascending, createdAt, ids, cancellation), cancellation);

    public Task<IReadOnlyList<CustomerRow>> ScanAsync(int project, long afterNumber, int limit) =>
        readers.ListAsync<IReadOnlyList<CustomerRow>>(session =>
            session.Prepare(SegmentSql.Scan).Bind(project).Bind(afterNumber).Bind(limit).ReadAll(CustomerSql.Row));

    public Task<IReadOnlyList<CustomerRow>> ScanMembersAsync(int segment, long afterNumber, int limit) =>
        readers.ListAsync<IReadOnlyList<CustomerRow>>(session =>
            session.Prepare(SegmentSql.ScanMembers).Bind(segment).Bind(afterNumber).Bind(limit).ReadAll(CustomerSql.Row));

    public Task<(long Last, long Count)> CustomerExtentAsync(int project) =>
        readers.ListAsync(session =>
        {
            // The sequence, not the highest row: the number of a customer that is being committed was given out before.
            var last = session.Prepare(SegmentSql.LastNumber).Bind(SequenceNames.Of(NumberSequence.Customers)).ReadNumber() ?? 0;
            var count = session.Prepare(SegmentSql.CountCustomers).Bind(project).ReadNumber() ?? 0;
            return (last, count);
        });

    public Task<IReadOnlyList<long>> ApplySyncAsync(int segment, IReadOnlyList<SyncFinding> findings) =>
        writer.ExecuteAsync<IReadOnlyList<long>>(
            session =>
            {
                var stale = new List<long>();
                foreach (var finding in findings)
                {
                    if (session.Prepare(SegmentSql.ReadVersion).Bind(finding.Customer).ReadNumber() != finding.Version)
                    {
                        stale.Add(finding.Customer);
                        continue;
                    }

                    if (finding.Member)
                    {
                        session.Customers.Enter(segment, finding.Customer, session.Counters);
                    }

                    if (finding.ReviewAt is { } review)
                    {
                        session.Prepare(SegmentSql.BringReviewForward).Bind(finding.Customer).Bind(review.ToStored()).Run();
                    }
                }

                return stale;
            },
            findings.Count);

    public Task AddMembersAsync(int segment, IReadOnlyList<long> customers) =>
        writer.ExecuteAsync(
            session =>
            {
                foreach (var customer in customers)
                {
                    session.Customers.Enter(segment, customer, session.Counters);
                }

                return true;
            },
            customers.Count);
}
