using Marketing.Customers;
using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>The messages table as the queue, in SQLite.</summary>
internal sealed class SqliteMessageQueue(SqliteWriter writer, SqliteReaders readers) : IMessageQueue
{
    public Task<LaneClaim> ClaimLaneAsync(int distribution, int lane, string owner, string? insteadOf) =>
        writer.ExecuteAsync(session =>
        {
            var holder = session.Prepare(QueueSql.LaneOwner).Bind(distribution).Bind(lane).ReadText();
            return new LaneClaim(session.Prepare(QueueSql.Claim).Bind(distribution).Bind(lane).Bind(owner).Bind(insteadOf).ReadNumber(), holder);
        });

    public Task<IReadOnlyList<int>> LanesAsync(int distribution) =>
        readers.PointAsync<IReadOnlyList<int>>(session => session.Prepare(QueueSql.Lanes).Bind(distribution).ReadAll(static row => row.Int(0)));

    public Task<bool> HandsOverAsync(int distribution, int lane) =>
        readers.PointAsync(session => session.Prepare(QueueSql.HandsOver).Bind(distribution).Bind(lane).ReadNumber() is not null);

    public Task<int> RecoverLaneAsync(LaneFence fence, bool hold, DateTimeOffset now) =>
        writer.ExecuteAsync(session => QueueChanges.Recover(session, fence, hold, now.ToStored()), 1_000);

    public Task<IReadOnlyList<DueMessage>> TakeAsync(int distribution, int lane, DateTimeOffset now, int limit) =>
        readers.PointAsync<IReadOnlyList<DueMessage>>(session => session.Prepare(QueueSql.Take)
            .Bind(distribution).Bind(lane).Bind(now.ToStored()).Bind(limit).ReadAll(DueMessages.Row));

    public Task<DateTimeOffset?> NextDueAsync(int distribution, int lane) =>
        readers.PointAsync(session => session.Prepare(QueueSql.NextDue).Bind(distribution).Bind(lane).ReadNumber().ToInstant());

    public Task<bool> HasPendingAsync(int distribution) =>
        readers.PointAsync(session => session.Prepare(QueueSql.HasPending).Bind(distribution).ReadNumber() is not null);

    public Task<long?> SnapshotAsync(AudienceChunk chunk) =>
        writer.ExecuteAsync(session => QueueChanges.Snapshot(session, chunk), chunk.Limit * chunk.Channels.Count);

    public Task<int> CancelAsync(int distribution, int limit, DateTimeOffset now) =>
        writer.ExecuteAsync(session => QueueChanges.Cancel(session, distribution, limit, now.ToStored()), limit);

    public Task<int> RequeueFailedAsync(int distribution, IReadOnlyList<long>? numbers, int limit, DateTimeOffset now, RequeueRequest? request = null) =>
        writer.ExecuteAsync(
            session =>
            {
                var queued = QueueChanges.RequeueFailed(session, distribution, numbers, limit, now.ToStored());
                SqliteDatabase.Done(RequeueNote.WriteAsync(session.Shared, request, queued, now));
                return queued;
            },
            Math.Min(limit, numbers?.Count ?? limit));

    public Task<int> DeleteAsync(int distribution, int limit) =>
        writer.ExecuteAsync(session => QueueChanges.Delete(session, distribution, limit), limit);

    public Task<IReadOnlyList<(int Project, int Distribution, int Lane)>> DueLanesAsync(DateTimeOffset now) =>
        readers.ListAsync<IReadOnlyList<(int, int, int)>>(session => DueLanes.Read(session, now.ToStored()));

    public Task<IReadOnlyDictionary<string, string>> SuppressedAsync(int project, string channel, IReadOnlyCollection<string> addresses) =>
        readers.PointAsync<IReadOnlyDictionary<string, string>>(session =>
        {
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var address in addresses)
            {
                foreach (var spelling in EmailAddress.SpellingsOf(address))
                {
                    if (session.Prepare(QueueSql.Suppression).Bind(project).Bind(channel).Bind(spelling).ReadText() is { } reason)
                    {
                        found[address] = reason;
                        break;
                    }
                }
            }

            return found;
        });
}
