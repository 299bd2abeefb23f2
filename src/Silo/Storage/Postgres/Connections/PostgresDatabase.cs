using Marketing.Storage.Relational;
using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>Reads and set-based changes beside the group-committer, with the server's failures told apart.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source) : ISqlDatabase, IDisposable
{
    // Of the connections the pool has, so that slow lists never take them all.
    private const int MostLists = 8;

    private const int MostAttempts = 4;

    private const int MostAtOnce = 10;

    private readonly SemaphoreSlim _lists = new(MostLists);

    public bool HasRoundTrips => true;

    public Task<T> PointAsync<T>(Func<ISqlSession, ValueTask<T>> read) =>
        GuardedAsync(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            return await read(new PostgresSession(connection));
        });

    public async Task<T> ListAsync<T>(Func<ISqlSession, ValueTask<T>> read, CancellationToken cancellation = default)
    {
        await _lists.WaitAsync(cancellation);
        try
        {
            return await PointAsync(read);
        }
        finally
        {
            _lists.Release();
        }
    }

    public Task<T> WriteAsync<T>(Func<ISqlSession, ValueTask<T>> write, int weight = 1) =>
        ChangeAsync(async connection => await write(new PostgresSession(connection)));

    /// <summary>The rows one statement answers with.</summary>
    public Task<List<T>> RowsAsync<T>(string sql, Func<IRow, T> row, params NpgsqlParameter[] parameters) =>
        GuardedAsync(async () =>
        {
            await using var command = source.CreateCommand(sql);
            command.Parameters.AddRange(parameters);
            await using var reader = await command.ExecuteReaderAsync();
            return await AllAsync(reader, row);
        });

    /// <summary>The rows the last of some statements answers with; none of the others has any. They are one transaction and one round trip.</summary>
    public Task<List<T>> RowsAsync<T>(IReadOnlyList<NpgsqlBatchCommand> statements, Func<IRow, T> row) =>
        GuardedAsync(async () =>
        {
            await using var batch = source.CreateBatch();
            foreach (var statement in statements)
            {
                batch.BatchCommands.Add(statement);
            }

            await using var reader = await batch.ExecuteReaderAsync();
            var rows = await AllAsync(reader, row);
            while (await reader.NextResultAsync())
            {
                rows = await AllAsync(reader, row);
            }

            return rows;
        });

    /// <summary>Changes rows in one transaction, which is done again when another one was in its way.</summary>
    public Task<T> ChangeAsync<T>(Func<NpgsqlConnection, Task<T>> change) =>
        GuardedAsync(async () =>
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await using var connection = await source.OpenConnectionAsync();
                    await using var transaction = await connection.BeginTransactionAsync();
                    var result = await change(connection);
                    await transaction.CommitAsync();
                    return result;
                }
                catch (PostgresException failure) when ((failure.IsContention || failure.IsHeldUp || failure.IsOvertaken) && attempt < MostAttempts)
                {
                    // Rolled back as a whole. A key that was free when it was looked for is seen to be taken the next time.
                }
            }
        });

    /// <summary>
    /// Runs statements as one transaction and one round trip, so that it ends whatever becomes of this process. It waits for locks shortly and
    /// begins anew, because others queue behind it.
    /// </summary>
    /// <param name="statements">Makes the statements, for each attempt its own.</param>
    public Task AtOnceAsync(Func<IReadOnlyList<NpgsqlBatchCommand>> statements) =>
        GuardedAsync(async () =>
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await using var batch = source.CreateBatch();
                    batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('lock_timeout', '1s', true)"));
                    foreach (var statement in statements())
                    {
                        batch.BatchCommands.Add(statement);
                    }

                    return await batch.ExecuteNonQueryAsync();
                }
                catch (PostgresException failure) when ((failure.IsContention || failure.IsHeldUp) && attempt < MostAtOnce)
                {
                    // Rolled back as a whole.
                }
            }
        });

    public void Dispose() => _lists.Dispose();

    private static async Task<List<T>> AllAsync<T>(NpgsqlDataReader reader, Func<IRow, T> row)
    {
        var current = new PostgresRow(reader);
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(row(current));
        }

        return rows;
    }

    private static async Task<T> GuardedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (PostgresFailures.Translated(failure) is { } known)
        {
            throw known;
        }
    }
}
