using System.Diagnostics;
using System.Threading.Channels;
using Marketing.Observability;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>
/// The group-committer: two writers, one connection each. A writer takes whatever became ready while the previous transactions were
/// written, so load makes transactions larger instead of more, and nobody waits for company when there is none.
/// </summary>
internal sealed partial class PostgresCommitter : ICommitter, IAsyncDisposable
{
    // One prepares while the other waits for the disk; a third would only split the groups.
    private const int Writers = 2;

    private const int MostPerTransaction = 500;

    private const int MostWeight = 5_000;

    private const int MostAttempts = 4;

    private static readonly TimeSpan LookForHeldUp = TimeSpan.FromMilliseconds(50);

    // Each of those that are held up, however many there are; then its caller hears of an outage.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _source;
    private readonly ICatalogueFence _catalogues;
    private readonly TableSet _tables;
    private readonly EngineMetrics _metrics;
    private readonly ILogger<PostgresCommitter> _logger;
    private readonly CommitLine _line = new();
    private readonly Channel<PendingCommit> _heldUp = Channel.CreateUnbounded<PendingCommit>();
    private readonly Task[] _writers;
    private readonly Task _patientWriter;

    public PostgresCommitter(NpgsqlDataSource source, ICatalogueFence catalogues, TableSet tables, EngineMetrics metrics, ILogger<PostgresCommitter> logger)
    {
        _source = source;
        _catalogues = catalogues;
        _tables = tables;
        _metrics = metrics;
        _logger = logger;
        metrics.WatchWaitingCommits(() => _line.Count);
        using var apart = ExecutionContext.SuppressFlow();
        _writers = [.. Enumerable.Range(0, Writers).Select(_ => Task.Run(RunAsync))];
        _patientWriter = Task.Run(RunPatientlyAsync);
    }

    public Task<CommitOutcome> CommitAsync(Commit commit)
    {
        var pending = new PendingCommit(commit);
        return _line.TryEnter(pending) ? pending.Answer : Task.FromException<CommitOutcome>(new StorageClosedException());
    }

    public async Task FlushAsync()
    {
        foreach (var pending in _line.Unfinished() ?? throw new StorageClosedException())
        {
            // Whether it was written or refused is for its own caller. What somebody else holds up is no reason to wait.
            while (!pending.Answer.IsCompleted && !pending.IsStuck)
            {
                await Task.WhenAny(pending.Answer, Task.Delay(LookForHeldUp));
            }
        }
    }

    /// <summary>Writes what was accepted, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _line.Close();
        await Task.WhenAll(_writers);
        _heldUp.Writer.TryComplete();
        await _patientWriter;
    }

    private async Task RunAsync()
    {
        await using var writer = new CommitConnection(_source, _catalogues, _tables, forHeldUp: false);
        List<PendingCommit> group = new(MostPerTransaction);
        while (await _line.TakeAsync(group, MostPerTransaction, MostWeight))
        {
            await AnswerAsync(writer, group);
            foreach (var pending in group.Where(pending => pending.IsHeldUp))
            {
                pending.HeldUpSince = Stopwatch.GetTimestamp();
                _line.Stick(pending);
                _heldUp.Writer.TryWrite(pending);
            }

            _line.Finish(group.Where(pending => !pending.IsHeldUp));
            group.Clear();
        }
    }

    // Those that somebody else's locks hold up are tried again together until they pass or their time is over, so nobody else waits for them, nor
    // one of them for another.
    private async Task RunPatientlyAsync()
    {
        await using var writer = new CommitConnection(_source, _catalogues, _tables, forHeldUp: true);
        List<PendingCommit> waiting = [];
        while (waiting.Count > 0 || await _heldUp.Reader.WaitToReadAsync())
        {
            while (waiting.Count < MostPerTransaction && _heldUp.Reader.TryRead(out var pending))
            {
                waiting.Add(pending);
            }

            // A lock on a catalogue holds up all commits of a project, and none of another.
            foreach (var project in waiting.GroupBy(static pending => pending.Commit.Project))
            {
                List<PendingCommit> together = [.. project];
                together.ForEach(static pending => pending.IsHeldUp = false);
                await AnswerAsync(writer, together);
            }

            if (waiting.Where(pending => pending.IsHeldUp && pending.IsHeldUpFor(Patience)).ToList() is { Count: > 0 } overdue)
            {
                _metrics.TransactionFailed(unavailable: true);
                LogUnavailable(overdue.Count, "somebody else holds what they need");
                Fail(overdue, new StorageUnavailableException("The database did not answer: somebody else holds what is to be changed."));
            }

            _line.Finish([.. waiting.Where(pending => !pending.IsHeldUp)]);
            waiting.RemoveAll(static pending => !pending.IsHeldUp);
            if (waiting.Count > 0)
            {
                await Task.Delay(LookForHeldUp);
            }
        }
    }

    private async Task AnswerAsync(CommitConnection writer, List<PendingCommit> group)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await WriteAsync(writer, group);
        }
        catch (Exception failure) when (failure.IsHeldUp && (!writer.ForHeldUp || group.Count == 1 || group.TrueForAll(pending => pending.IsHeldUpFor(Patience))))
        {
            // Which of them, is found out beside the others.
            group.ForEach(static pending => pending.IsHeldUp = true);
            return;
        }
        catch (Exception failure) when (failure.IsOutage || (failure.IsContention && group.Count == 1))
        {
            _metrics.TransactionFailed(unavailable: true);
            LogUnavailable(group.Count, failure.Message);
            Fail(group, new StorageUnavailableException("The database did not answer.", failure));
            return;
        }
        catch (ObjectDisposedException failure)
        {
            Fail(group, new StorageClosedException(failure));
            return;
        }
        catch (Exception failure) when (group.Count == 1)
        {
            _metrics.TransactionFailed(unavailable: false);
            LogRefused(failure);
            Fail(group, failure.IsRefusedContent ? new StorageRefusedException(failure) : failure);
            return;
        }
        catch
        {
            // One commit of them cannot be written. It is found by halves, so that the others stay together.
            var half = group.Count / 2;
            await AnswerAsync(writer, group[..half]);
            await AnswerAsync(writer, group[half..]);
            return;
        }

        Count(group, Stopwatch.GetElapsedTime(start));
        foreach (var pending in group.Where(pending => !pending.IsHeldUp))
        {
            pending.Complete();
        }
    }

    private void Count(List<PendingCommit> group, TimeSpan took)
    {
        if (!_metrics.CountsTransactions)
        {
            return;
        }

        var tally = new CommitTally();
        foreach (var pending in group)
        {
            tally.Add(pending.Commit, pending.Outcome, pending.Weight);
        }

        _metrics.Transaction(tally, took);
    }

    private async Task WriteAsync(CommitConnection writer, List<PendingCommit> group)
    {
        var overtaken = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await writer.WriteAsync(group, overtaken);
                return;
            }
            catch (Exception failure) when (attempt < MostAttempts && (failure.IsContention || failure.IsOvertaken))
            {
                // Another silo came in between; the guards are read again.
                overtaken |= failure.IsOvertaken;
                LogRepeated(attempt, failure);
            }
        }
    }

    private static void Fail(List<PendingCommit> group, Exception failure)
    {
        foreach (var pending in group)
        {
            pending.IsHeldUp = false;
            pending.Fail(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} commits were not written: {Reason}")]
    private partial void LogUnavailable(int count, string reason);

    [LoggerMessage(LogLevel.Error, "A commit could not be written")]
    private partial void LogRefused(Exception failure);

    [LoggerMessage(LogLevel.Debug, "Another silo was faster; the transaction is repeated after attempt {Attempt}")]
    private partial void LogRepeated(int attempt, Exception failure);
}
