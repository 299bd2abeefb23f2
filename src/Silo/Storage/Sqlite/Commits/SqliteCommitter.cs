using System.Diagnostics;
using System.Threading.Channels;
using Marketing.Observability;
using Microsoft.Extensions.Logging;

namespace Marketing.Storage.Sqlite;

/// <summary>
/// The group-committer: one thread, one connection. It takes whatever has accumulated while the previous transaction was
/// written, so load makes transactions larger instead of more, and nobody waits for company when there is none.
/// </summary>
internal sealed partial class SqliteCommitter : ICommitter, IDisposable
{
    private const int MostPerTransaction = 1_000;

    // Bulk work ends a transaction early, so that the commits behind it are not held up for its whole length.
    private const int MostWeight = 5_000;

    private readonly SqliteDataSource _source;
    private readonly SqliteDataPlaneOptions _options;
    private readonly ICatalogueFence _catalogues;
    private readonly TableSet _tables;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly EngineMetrics _metrics;
    private readonly ILogger<SqliteCommitter> _logger;
    private readonly Channel<CommitterWork> _waiting;
    private readonly Thread _thread;
    private readonly List<CommitterWork> _group = new(MostPerTransaction);
    private readonly CommitTally _tally = new();

    private CommitSession? _session;

    public SqliteCommitter(SqliteDataPlaneOptions options, ICatalogueFence catalogues, TableSet tables, EngineMetrics metrics, ILogger<SqliteCommitter> logger)
    {
        _options = options;
        _source = new SqliteDataSource(options.Writing);
        _catalogues = catalogues;
        _tables = tables;
        _metrics = metrics;
        _logger = logger;
        _checkpoints = new SqliteCheckpoints(_source, logger);

        // Continuations here only wake this thread or let the next caller into the line; both end at once.
        _waiting = Channel.CreateBounded<CommitterWork>(
            new BoundedChannelOptions(options.MostWaiting) { SingleReader = true, AllowSynchronousContinuations = true });
        metrics.WatchWaitingCommits(() => _waiting.Reader.Count);
        _thread = new Thread(Run) { IsBackground = true, Name = "sqlite writer" };
        _thread.Start();
    }

    public Task<CommitOutcome> CommitAsync(Commit commit)
    {
        var work = new CommitWork(commit);
        return _waiting.Writer.TryWrite(work) ? work.Answer : InLineAsync(work, work.Answer);
    }

    public Task FlushAsync() => ExecuteAsync(static _ => true, 0);

    /// <summary>
    /// Runs bulk or control work in order with the commits. It may be run again after a rollback and must not change anything but rows.
    /// </summary>
    /// <param name="work">What to do.</param>
    /// <param name="weight">About how many rows it touches.</param>
    public Task<T> ExecuteAsync<T>(Func<CommitSession, T> work, int weight = 1)
    {
        var apart = new ApartWork<T>(work, weight);
        return _waiting.Writer.TryWrite(apart) ? apart.Answer : InLineAsync(apart, apart.Answer);
    }

    /// <summary>Writes what was accepted, then stops.</summary>
    public void Dispose()
    {
        if (_waiting.Writer.TryComplete())
        {
            _thread.Join();
            _checkpoints.Dispose();
            _source.Dispose();
        }
    }

    private async Task<T> InLineAsync<T>(CommitterWork work, Task<T> answer)
    {
        try
        {
            await _waiting.Writer.WriteAsync(work);
        }
        catch (ChannelClosedException closed)
        {
            throw new StorageClosedException(closed);
        }

        return await answer;
    }

    private void Run()
    {
        var reader = _waiting.Reader;
        using var wait = new ThreadWait<CommitterWork>(reader);
        while (reader.TryPeek(out _) || wait.WaitToRead())
        {
            for (var weight = 0; weight < MostWeight && _group.Count < MostPerTransaction && reader.TryRead(out var work);)
            {
                _group.Add(work);
                weight += work.Weight;
            }

            Write(_group);
            _group.Clear();
        }

        _session?.Dispose();
    }

    private void Write(List<CommitterWork> group)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            WriteTogether(group);
        }
        catch (SqliteFailure failure) when (failure.Unavailable)
        {
            _metrics.TransactionFailed(unavailable: true);
            LogUnavailable(group.Count, failure);
            foreach (var work in group)
            {
                work.Fail(new StorageUnavailableException("The database did not answer.", failure));
            }

            return;
        }
        catch (Exception failure)
        {
            WriteEachAlone(group, failure);
            return;
        }

        Count(group, Stopwatch.GetElapsedTime(start));
        foreach (var work in group)
        {
            work.Complete();
        }

        LetCheckpoint();
    }

    private void Count(List<CommitterWork> group, TimeSpan took)
    {
        if (!_metrics.CountsTransactions)
        {
            return;
        }

        foreach (var work in group)
        {
            work.CountIn(_tally);
        }

        _metrics.Transaction(_tally, took);
        _tally.Clear();
    }

    private void WriteEachAlone(List<CommitterWork> group, Exception failure)
    {
        if (group is [var culprit])
        {
            _metrics.TransactionFailed(unavailable: false);
            LogRefused(failure);
            culprit.Fail(failure is SqliteFailure { RefusedContent: true } ? new StorageRefusedException(failure) : failure);
            return;
        }

        foreach (var work in group)
        {
            Write([work]);
        }
    }

    private void WriteTogether(List<CommitterWork> group)
    {
        try
        {
            _session ??= Open();
            _session.Begin();
            foreach (var work in group)
            {
                work.Apply(_session);
            }

            _session.Commit();
        }
        catch (SqliteFailure failure) when (failure is { Unavailable: true, Busy: false })
        {
            // After an I/O error nothing is known of the connection; the next transaction opens another one.
            Close();
            throw;
        }
        catch
        {
            _session?.Rollback();
            throw;
        }
    }

    private CommitSession Open()
    {
        var session = new SqliteSession(_source);
        try
        {
            session.Prepare($"PRAGMA busy_timeout = {(int)_options.BusyTimeout.TotalMilliseconds}").ReadNumber();
            return new CommitSession(session, _catalogues, _tables);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void Close()
    {
        try
        {
            _session?.Dispose();
        }
        catch (Exception failure)
        {
            LogNotClosed(failure);
        }

        _session = null;
    }

    private void LetCheckpoint()
    {
        if (_session is not { } session)
        {
            return;
        }

        try
        {
            if (_checkpoints.Written(session.TakePagesWritten()))
            {
                _checkpoints.Finished(session.Checkpoint());
            }
        }
        catch (SqliteFailure failure)
        {
            LogNoCheckpoint(failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "The database did not answer; {Count} commits were not written")]
    private partial void LogUnavailable(int count, Exception failure);

    [LoggerMessage(LogLevel.Error, "A commit could not be written")]
    private partial void LogRefused(Exception failure);

    [LoggerMessage(LogLevel.Warning, "The write connection could not be closed")]
    private partial void LogNotClosed(Exception failure);

    [LoggerMessage(LogLevel.Warning, "The write-ahead log could not be copied back")]
    private partial void LogNoCheckpoint(Exception failure);
}
