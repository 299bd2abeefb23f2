using Marketing.Storage.Relational;
using Npgsql;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>The messages table as the queue, in PostgreSQL.</summary>
internal sealed class PostgresMessageQueue(PostgresDatabase database, INumbers numbers) : IMessageQueue
{
    public Task<LaneClaim> ClaimLaneAsync(int distribution, int lane, string owner, string? insteadOf) =>
        database.ChangeAsync(async connection =>
        {
            await ScalarAsync(connection, PostgresQueueSql.AddLane, Int(distribution), Int(lane));
            var holder = await ScalarAsync(connection, PostgresQueueSql.LockLane, Int(distribution), Int(lane)) as string;
            var epoch = await ScalarAsync(connection, PostgresQueueSql.Claim, Int(distribution), Int(lane), Text(owner), Text(insteadOf ?? ""));
            return new LaneClaim(epoch as long?, holder);
        });

    public async Task<IReadOnlyList<int>> LanesAsync(int distribution) =>
        await database.RowsAsync(PostgresQueueSql.Lanes, static row => row.Int(0), Int(distribution));

    public async Task<bool> HandsOverAsync(int distribution, int lane) =>
        (await database.RowsAsync(PostgresQueueSql.HandsOver, static row => row.Int(0), Int(distribution), Int(lane))).Count > 0;

    public Task<int> RecoverLaneAsync(LaneFence fence, bool hold, DateTimeOffset now) =>
        database.ChangeAsync(connection => PostgresQueueChanges.RecoverAsync(connection, fence, hold, now.ToStored()));

    public async Task<IReadOnlyList<DueMessage>> TakeAsync(int distribution, int lane, DateTimeOffset now, int limit)
    {
        var last = (Batch: 0L, Size: 0);
        var due = await database.RowsAsync(
            [
                new NpgsqlBatchCommand(PostgresQueueSql.PlanOnce),
                new NpgsqlBatchCommand(PostgresQueueSql.Take) { Parameters = { Int(distribution), Int(lane), Long(now.ToStored()), Int(limit) } },
            ],
            row =>
            {
                var message = DueMessages.Row(row);
                last = (message.Batch, row.Int(18));
                return message;
            });

        // A batch that is taken in two goes is written anew in between, so where others fill half the room already it is left for the next.
        var before = due.FindIndex(message => message.Batch == last.Batch);
        if (due.Count == limit && before > 0 && before >= limit / 2 && due.Count - before < last.Size)
        {
            due.RemoveRange(before, due.Count - before);
        }

        return due;
    }

    public async Task<DateTimeOffset?> NextDueAsync(int distribution, int lane) =>
        (await database.RowsAsync(PostgresQueueSql.NextDue, static row => row.Number(0), Int(distribution), Int(lane))) is [var due] ? due.ToInstant() : null;

    public async Task<bool> HasPendingAsync(int distribution) =>
        (await database.RowsAsync(PostgresQueueSql.HasPending, static row => row.Number(0), Int(distribution))).Count > 0;

    public async Task<long?> SnapshotAsync(AudienceChunk chunk) => await PostgresSnapshot.NextAsync(database, numbers, chunk);

    public Task<int> CancelAsync(int distribution, int limit, DateTimeOffset now) =>
        database.ChangeAsync(connection => PostgresQueueChanges.CancelAsync(connection, distribution, limit, now.ToStored()));

    public Task<int> RequeueFailedAsync(int distribution, IReadOnlyList<long>? numbers, int limit, DateTimeOffset now, RequeueRequest? request = null) =>
        database.ChangeAsync(async connection =>
        {
            var queued = await PostgresQueueChanges.RequeueFailedAsync(connection, distribution, numbers, limit, now.ToStored());
            await RequeueNote.WriteAsync(new PostgresSession(connection), request, queued, now);
            return queued;
        });

    public Task<int> DeleteAsync(int distribution, int limit) =>
        database.ChangeAsync(connection => PostgresQueueChanges.DeleteAsync(connection, distribution, limit));

    public async Task<IReadOnlyList<(int Project, int Distribution, int Lane)>> DueLanesAsync(DateTimeOffset now) =>
        [.. (await database.RowsAsync(PostgresQueueSql.DueLanes, static row => (row.Int(0), row.Int(1), row.Int(2)), Long(now.ToStored()))).Order()];

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync();
    }
}
