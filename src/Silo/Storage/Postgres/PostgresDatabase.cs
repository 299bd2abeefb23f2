using Marketing.Storage.Relational;
using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>The stores that do not depend on the engine, on PostgreSQL.</summary>
internal sealed class PostgresDatabase(NpgsqlDataSource source) : ISqlDatabase, IDisposable
{
    // Of the connections the pool has, so that slow lists never take them all.
    private const int MostLists = 8;

    private readonly SemaphoreSlim _lists = new(MostLists);

    public Task<T> PointAsync<T>(Func<ISqlSession, ValueTask<T>> read) => ReadAsync(read);

    public async Task<T> ListAsync<T>(Func<ISqlSession, ValueTask<T>> read, CancellationToken cancellation = default)
    {
        await _lists.WaitAsync(cancellation);
        try
        {
            return await ReadAsync(read);
        }
        finally
        {
            _lists.Release();
        }
    }

    public async Task<T> WriteAsync<T>(Func<ISqlSession, ValueTask<T>> write, int weight = 1)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                var result = await write(new PostgresSession(connection, transaction));
                await transaction.CommitAsync();
                return result;
            }
            catch (PostgresException conflict) when (PostgresFailures.IsConflict(conflict) && attempt < PostgresFailures.MostAttempts)
            {
                // Rolled back as a whole because two transactions were in each other's way.
            }
            catch (NpgsqlException failure) when (PostgresFailures.IsOutage(failure))
            {
                throw new StorageUnavailableException("The database did not answer.", failure);
            }
        }
    }

    public void Dispose() => _lists.Dispose();

    private async Task<T> ReadAsync<T>(Func<ISqlSession, ValueTask<T>> read)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            return await read(new PostgresSession(connection, transaction: null));
        }
        catch (NpgsqlException failure) when (PostgresFailures.IsOutage(failure))
        {
            throw new StorageUnavailableException("The database did not answer.", failure);
        }
    }
}
