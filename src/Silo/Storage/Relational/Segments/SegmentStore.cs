using System.Text.Json;
using Marketing.Segments;

namespace Marketing.Storage.Relational;

/// <summary>Segments as rows and the bulk work of their synchronisation. How findings are written differs by engine.</summary>
internal abstract class SegmentStore(ISqlDatabase database) : ISegmentStore
{
    public Task<bool> SaveAsync(SegmentRow row) =>
        database.WriteAsync(async session =>
        {
            var query = new SqlQuery(row.Revision == 0 ? SegmentSql.Insert : SegmentSql.Update)
                .Bind(row.Name).Bind(row.Type).Bind(row.UpdatedAt.ToStored()).Bind(row.Baseline.ToStored()).Bind(row.Synced).Bind(row.Progress)
                .Bind(row.Filter).Bind(row.Fingerprint).Bind(row.Cursor).Bind(row.Deleted)
                .Bind(row.UnreadZones ?? ZoneEra.Write(row.Zones)).Bind(row.Number).Bind(row.Revision).Bind(row.Version).Bind(row.DraftOf);
            return await session.RunAsync(row.Revision == 0 ? query.Bind(row.Project).Bind(row.Id).Bind(row.CreatedAt.ToStored()) : query) > 0;
        });

    public Task<SegmentRow?> FindAsync(int project, string id) =>
        database.PointAsync(session => session.FirstAsync(new SqlQuery(SegmentSql.Find).Bind(project).Bind(id), SegmentSql.Row));

    public Task DeleteAsync(int segment) =>
        database.WriteAsync(session => session.RunAsync(new SqlQuery("DELETE FROM segments WHERE number = ?1").Bind(segment)));

    public Task<int> DeleteMembershipsAsync(int segment, int limit) =>
        database.WriteAsync(
            async session =>
            {
                var deleted = await session.RunAsync(new SqlQuery(SegmentSql.DeleteMembers).Bind(segment).Bind(limit));
                await CountAsync(session, segment, -deleted);
                return deleted;
            },
            limit);

    public Task<IReadOnlyList<SegmentRow>> AllAsync(int project) =>
        database.ListAsync<IReadOnlyList<SegmentRow>>(async session =>
            await session.AllAsync(new SqlQuery(SegmentSql.All).Bind(project), SegmentSql.Row));

    public Task<IReadOnlyList<(int Project, string Id)>> UnfinishedAsync(int shard, int shards) =>
        database.ListAsync<IReadOnlyList<(int, string)>>(async session => await session.AllAsync(
            new SqlQuery(SegmentSql.Unfinished).Bind(shards).Bind(shard), static row => (row.Int(0), row.Text(1))));

    public Task<long> CountMembersAsync(int segment) =>
        database.PointAsync(async session => await session.NumberAsync(new SqlQuery(SegmentSql.CountMembers).Bind(segment)) ?? 0);

    public Task<bool> IsMemberAsync(int segment, long customer) =>
        database.PointAsync(async session => await session.NumberAsync(new SqlQuery(SegmentSql.IsMember).Bind(segment).Bind(customer)) is not null);

    public Task<IReadOnlySet<long>> MembersAmongAsync(int segment, IReadOnlyCollection<long> customers) =>
        database.ListAsync<IReadOnlySet<long>>(async session => (await session.AllAsync(
            new SqlQuery(SegmentSql.MembersAmong(session.Dialect)).Bind(segment).Bind(JsonSerializer.Serialize(customers)), static row => row.Number(0))).ToHashSet());

    public Task<Page<Segment>> ListAsync(
        int project, int limit, int page, bool ascending, TimeRange? createdAt, IReadOnlyList<string>? ids, string? draftOf, CancellationToken cancellation) =>
        database.ListAsync(session => SegmentList.ReadAsync(session, project, limit, page, ascending, createdAt, ids, draftOf, cancellation), cancellation);

    public abstract Task<IReadOnlyList<long>> ApplySyncAsync(int segment, IReadOnlyList<SyncFinding> findings);

    public Task AddMembersAsync(int segment, IReadOnlyList<long> customers) =>
        database.WriteAsync(
            async session =>
            {
                var added = await session.RunAsync(new SqlQuery(SegmentSql.AddMembers(session.Dialect)).Bind(segment).Bind(JsonSerializer.Serialize(customers)));
                await CountAsync(session, segment, added);
                return added;
            },
            customers.Count);

    private static ValueTask<int> CountAsync(ISqlSession session, int segment, int change) =>
        session.RunAsync(new SqlQuery(SegmentSql.AddToCounts).Bind(segment).Bind(change));
}
