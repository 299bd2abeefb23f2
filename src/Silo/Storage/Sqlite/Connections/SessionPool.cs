using System.Collections.Concurrent;

namespace Marketing.Storage.Sqlite;

/// <summary>A few sessions that are opened when first needed and used by one caller at a time.</summary>
internal sealed class SessionPool(int size) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly SemaphoreSlim _places = new(size);

    private volatile bool _closed;

    public async Task<T> UseAsync<T>(Func<SqliteSession> open, Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation);
        SqliteSession? session = null;
        try
        {
            if (_closed)
            {
                throw new StorageClosedException();
            }

            session = _idle.TryTake(out var idle) ? idle : open();
            var result = read(session);
            GiveBack(session);
            return result;
        }
        catch (SqliteFailure failure) when (failure.Unavailable)
        {
            session?.Dispose();
            throw new StorageUnavailableException("The database did not answer.", failure);
        }
        catch
        {
            if (session is not null)
            {
                session.ResetAll();
                GiveBack(session);
            }

            throw;
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void GiveBack(SqliteSession session)
    {
        _idle.Add(session);

        // Closed meanwhile: the thread that sees both empties the bag once more.
        if (_closed)
        {
            Dispose();
        }
    }
}
