using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>The messages table as the queue, in SQLite.</summary>
internal sealed class SqliteMessageQueue(SqliteCommitter writer, SqliteReaders readers) : IMessageQueue
{
    public Task<LaneClaim> ClaimLaneAsync(int distribution, int lane, string owner, string? insteadOf) =>
        writer.ExecuteAsync(session =>
        {
            var holder = session.Prepare(SqliteQueueSql.LaneOwner).Bind(distribution).Bind(lane).ReadText();
            return new LaneClaim(session.Prepare(SqliteQueueSql.Claim).Bind(distribution).Bind(lane).Bind(owner).Bind(insteadOf).ReadNumber(), holder);
        });

    public Task<IReadOnlyList<int>> LanesAsync(int distribution) =>
        readers.PointAsync<IReadOnlyList<int>>(session => session.Prepare(SqliteQueueSql.Lanes).Bind(distribution).ReadAll(static row => row.Int(0)));

    public Task<bool> HandsOverAsync(int distribution, int lane) =>
        readers.PointAsync(session => session.Prepare(SqliteQueueSql.HandsOver).Bind(distribution).Bind(lane).ReadNumber() is not null);

    public Task<int> RecoverLaneAsync(LaneFence fence, bool hold, DateTimeOffset now) =>
        writer.ExecuteAsync(session => SqliteQueueChanges.Recover(session, fence, hold, now.ToStored()), 1_000);

    public Task<IReadOnlyList<DueMessage>> TakeAsync(int distribution, int lane, DateTimeOffset now, int limit) =>
        readers.PointAsync<IReadOnlyList<DueMessage>>(session => session.Prepare(SqliteQueueSql.Take)
            .Bind(distribution).Bind(lane).Bind(now.ToStored()).Bind(limit).ReadAll(DueMessages.Row));

    public Task<DateTimeOffset?> NextDueAsync(int distribution, int lane) =>
        readers.PointAsync(session => session.Prepare(SqliteQueueSql.NextDue).Bind(distribution).Bind(lane).ReadNumber().ToInstant());

    public Task<bool> HasPendingAsync(int distribution) =>
        readers.PointAsync(session => session.Prepare(SqliteQueueSql.HasPending).Bind(distribution).ReadNumber() is not null);

    public Task<long?> SnapshotAsync(AudienceChunk chunk) =>
        writer.ExecuteAsync(session => SqliteQueueChanges.Snapshot(session, chunk), chunk.Limit * chunk.Channels.Count);

    public Task<int> CancelAsync(int distribution, int limit, DateTimeOffset now) =>
        writer.ExecuteAsync(session => SqliteQueueChanges.Cancel(session, distribution, limit, now.ToStored()), limit);

    public Task<int> RequeueFailedAsync(int distribution, IReadOnlyList<long>? numbers, int limit, DateTimeOffset now, RequeueRequest? request = null) =>
        writer.ExecuteAsync(
            session =>
            {
                var queued = SqliteQueueChanges.RequeueFailed(session, distribution, numbers, limit, now.ToStored());
                SqliteDatabase.Done(RequeueNote.WriteAsync(session.Shared, request, queued, now));
                return queued;
            },
            Math.Min(limit, numbers?.Count ?? limit));

    public Task<int> DeleteAsync(int distribution, int limit) =>
        writer.ExecuteAsync(session => SqliteQueueChanges.Delete(session, distribution, limit), limit);

    public Task<IReadOnlyList<(int Project, int Distribution, int Lane)>> DueLanesAsync(DateTimeOffset now) =>
        readers.ListAsync<IReadOnlyList<(int, int, int)>>(session => DueLanes.Read(session, now.ToStored()));
}
