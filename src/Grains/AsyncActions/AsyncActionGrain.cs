using System.Diagnostics;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.AsyncActions;

[GrainType("async-action")]
internal sealed partial class AsyncActionGrain(
    IAsyncActionStore store, IEnumerable<IImport> imports, ImportLine line, TimeProvider clock, ILogger<AsyncActionGrain> logger)
    : Grain, IAsyncActionGrain, IDisposable
{
    // What fails so often at the same place fails for ever.
    private const int MostFailures = 5;

    private static readonly TimeSpan RetryAfterTrouble = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // A step takes a second on a busy machine. Each time a run is given up the next one gets longer, so that slow is not taken for lost for ever.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(30);

    private int _project;
    private string _id = "";
    private ImportRun? _run;
    private IGrainTimer? _watch;
    private IGrainTimer? _retry;
    private TimeSpan _patience = FirstPatience;
    private int _failures;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    // What is durable stays; the next activation goes on from there.
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _run?.GiveUp();
        _run = null;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _run?.Dispose();
        _watch?.Dispose();
        _retry?.Dispose();
    }

    public async Task<bool> StartAsync(string type, byte[] payload, CommandContext context, ImportOptions? options)
    {
        if (!await StoreAsync(type, payload, context, options))
        {
            return false;
        }

        Work();
        return true;
    }

    public async Task<bool> StoreAsync(string type, byte[] payload, CommandContext context, ImportOptions? options)
    {
        var row = new AsyncActionRow
        {
            Project = _project,
            Id = _id,
            Type = type,
            Status = "ENQUEUED",
            Fingerprint = context.Fingerprint,
            RequestId = context.RequestId,
            CreatedAt = clock.GetUtcNow(),
            Options = options == ImportOptions.Default ? null : options,
        };
        if (!await store.AddAsync(row, payload))
        {
            var known = await store.FindAsync(_project, _id);
            if (known?.Fingerprint != context.Fingerprint)
            {
                return false;
            }
        }

        return true;
    }

    public async Task<AsyncAction?> FindAsync() => await store.FindAsync(_project, _id) is { } row ? AsyncActionViews.View(row) : null;

    public Task ResumeAsync()
    {
        Work();
        return Task.CompletedTask;
    }

    private void Work()
    {
        if (_run is null)
        {
            _run = new ImportRun(clock);
            RunAsync(_run).Ignore();
        }
    }

    private async Task RunAsync(ImportRun run)
    {
        using var over = run;
        try
        {
            for (var goesOn = false; ; goesOn = true)
            {
                run.Take(await line.EnterAsync(_project, goesOn, run.Ended));
                _watch ??= this.RegisterGrainTimer(WatchAsync, new GrainTimerCreationOptions(LookEvery, LookEvery) { KeepAlive = true });
                if (await AdvanceAsync(run))
                {
                    break;
                }

                run.GiveBack();
            }
        }
        catch (Exception) when (run.Ended.IsCancellationRequested)
        {
            // The grain gave this run up and has started another one, or the silo ends.
        }
        catch (Exception trouble)
        {
            if (!await EndAsync(trouble, run))
            {
                LogTrouble(trouble, _id);
                _retry?.Dispose();
                _retry = this.RegisterGrainTimer(
                    ResumeAsync, new GrainTimerCreationOptions(RetryAfterTrouble * Math.Max(1, _failures), Timeout.InfiniteTimeSpan) { KeepAlive = true });
            }
        }
        finally
        {
            if (_run == run)
            {
                _run = null;
                _watch?.Dispose();
                _watch = null;
            }
        }
    }

    // A step that does not come back would hold the job and its place for as long as the process lives.
    private Task WatchAsync(CancellationToken cancellation)
    {
        if (_run is { } run && run.Silence > _patience)
        {
            LogLost(_id, run.Silence);
            _patience *= 2;
            _run = null;
            run.GiveUp();
            Work();
        }

        return Task.CompletedTask;
    }

    // A job that fails each time it is tried, without having got any further, ends. What passes by itself, as an outage does, is waited for however long it takes.
    private async Task<bool> EndAsync(Exception trouble, ImportRun run)
    {
        if (trouble is StorageUnavailableException or TimeoutException or OrleansException or OperationCanceledException || ++_failures < MostFailures)
        {
            return false;
        }

        try
        {
            if (await store.FindAsync(_project, _id) is { Status: "ENQUEUED" or "IN_PROGRESS" } row)
            {
                var report = ImportReport.Read(row.Result);
                var durable = await store.DurableRowsAsync(_project, _id);
                report.Add(durable.Values);
                var message = $"The job was ended: after row {row.Cursor} it failed {MostFailures} times in a row with an internal error ({trouble.GetType().Name})";
                var result = report.Write(imports.First(candidate => candidate.Type == row.Type), row.Cursor + durable.Count, message);
                await SaveAsync(row with { Status = "FAILED", UpdatedAt = clock.GetUtcNow(), Result = result }, row.Cursor, run);
                LogEnded(trouble, _id, MostFailures);
            }

            return true;
        }
        catch (Exception)
        {
            // It ends the next time.
            return false;
        }
    }

    /// <summary>Works while it is the job's turn. True when there is nothing more to do.</summary>
    private async Task<bool> AdvanceAsync(ImportRun run)
    {
        var place = run.Place!;
        if (await store.FindAsync(_project, _id) is not { Status: "ENQUEUED" or "IN_PROGRESS" } row)
        {
            return true;
        }

        var payload = await store.PayloadAsync(_project, _id) ?? [];
        var import = imports.First(candidate => candidate.Type == row.Type);
        var report = ImportReport.Read(row.Result);
        var spent = Stopwatch.StartNew();
        var before = row.ProcessingMilliseconds;
        try
        {
            var job = new ImportJob(_project, _id, payload, row.Cursor, new CommandContext { RequestId = row.RequestId ?? RequestIds.New(), Channel = "API" })
            {
                Options = row.Options ?? ImportOptions.Default,
                Ended = run.Ended,
            };
            await foreach (var step in import.RunAsync(job))
            {
                report.Add(step);
                var begunAt = row.Cursor;
                row = row with
                {
                    Status = "IN_PROGRESS",
                    Cursor = step.Cursor,
                    Total = step.Total,
                    ProcessingMilliseconds = before + spent.ElapsedMilliseconds,
                    UpdatedAt = clock.GetUtcNow(),
                    Result = report.Write(import, step.Cursor),
                };
                if (!await SaveAsync(row, begunAt, run))
                {
                    // Somebody else got further with it.
                    return true;
                }

                if (line.IsOver(place))
                {
                    return false;
                }
            }

            await SaveAsync(
                row with
                {
                    Status = "DONE",
                    ProcessingMilliseconds = before + spent.ElapsedMilliseconds,
                    UpdatedAt = clock.GetUtcNow(),
                    Result = report.Write(import, row.Cursor),
                },
                row.Cursor,
                run);
        }
        catch (ImportRefusedException refused)
        {
            await SaveAsync(
                row with
                {
                    Status = "FAILED",
                    UpdatedAt = clock.GetUtcNow(),
                    Result = new ImportReport().Write(import, 0, refused.Message),
                },
                row.Cursor,
                run);
        }

        return true;
    }

    private async Task<bool> SaveAsync(AsyncActionRow row, long begunAt, ImportRun run)
    {
        run.Ended.ThrowIfCancellationRequested();
        var saved = await store.SaveAsync(row, begunAt);
        run.Ended.ThrowIfCancellationRequested();
        run.ShowProgress();
        (_patience, _failures) = (FirstPatience, 0);
        return saved;
    }

    [LoggerMessage(LogLevel.Warning, "Background job {ActionId} was interrupted and is tried again")]
    private partial void LogTrouble(Exception exception, string actionId);

    [LoggerMessage(LogLevel.Error, "Background job {ActionId} failed {Times} times in a row and was ended")]
    private partial void LogEnded(Exception exception, string actionId, int times);

    [LoggerMessage(LogLevel.Warning, "Background job {ActionId} made no progress for {Silence} and is taken up again")]
    private partial void LogLost(string actionId, TimeSpan silence);
}
