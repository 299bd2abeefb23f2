using System.Security.Cryptography;
using Marketing.AsyncActions;
using Marketing.Clients;
using Marketing.Exports.Working;
using Marketing.Filters;
using Marketing.Projects;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Exports;

[GrainType("export")]
internal sealed partial class ExportGrain(
    ITableStore<ExportRow> store, ITableStore<ExportPartRow> parts, IOperationStore operations, ICommitter committer, INumbers numbers, IEnumerable<IExportSource> sources,
    ProjectSettingsCache settings, ImportLine line, TimeProvider clock, ILogger<ExportGrain> logger)
    : Grain, IExportGrain, IDisposable
{
    // What fails so often at the same place fails for ever.
    private const int MostFailures = 5;
    private const int DeletedAtOnce = 16;
    private const int SecretBytes = 32;

    private static readonly TimeSpan RetryAfterTrouble = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private int _project;
    private string _id = "";
    private ImportRun? _run;
    private IGrainTimer? _watch;
    private IGrainTimer? _retry;
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

    public async Task<ExportResult> CreateAsync(ExportDefinition definition, CommandContext context)
    {
        var (plan, refusal) = await PlanAsync(definition);
        if (plan is null)
        {
            return refusal!;
        }

        while (true)
        {
            var present = await store.FindAsync(_project, _id);
            var done = await operations.FindAsync(_project, context);
            if (done is { IsOther: true })
            {
                return new ExportResult.KeyReused();
            }

            if (present is not null || done is not null)
            {
                return present is null || present.ExpiresAt <= clock.GetUtcNow() ? new ExportResult.Deleted() : new ExportResult.Saved(ExportViews.View(_project, present, clock));
            }

            if ((await store.ListAsync(_project, new TableQuery(null, 1, 1), CancellationToken.None)).Total >= Export.Most)
            {
                return new ExportResult.TooMany();
            }

            var now = clock.GetStoredNow();
            var row = new ExportRow
            {
                Number = await numbers.NextAsync(ExportTable.Exports.Numbers),
                Id = _id,
                ExportedObject = plan.Source.Name,
                Status = "SCHEDULED",
                Parameters = plan.Parameters(definition),
                State = new ExportState(),
                Secret = RandomNumberGenerator.GetBytes(SecretBytes),
                Channel = context.Channel,
                CreatedAt = now,
                ExpiresAt = now + Export.Lifetime,
                PendingSince = now,
            };
            var commit = new Commit { Project = _project };
            commit.Rows.Add(ExportTable.Exports.Save(row));
            commit.Operation = context.Remember(null, now);
            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                Work();
                return new ExportResult.Saved(ExportViews.View(_project, row, clock));
            }
        }
    }

    public async Task<bool> DeleteAsync()
    {
        while (await store.FindAsync(_project, _id) is { } present)
        {
            var commit = new Commit { Project = _project };
            commit.Rows.Add(ExportTable.Exports.Delete(present));
            if ((await committer.CommitAsync(commit)).IsDurable)
            {
                _run?.GiveUp();
                await ForgetPartsAsync(present.Number);
                return present.ExpiresAt > clock.GetUtcNow();
            }
        }

        return RepeatedCalls.IsCurrent;
    }

    public Task ResumeAsync()
    {
        Work();
        return Task.CompletedTask;
    }

    // Nobody reaches them any more; what is left after a crash expires.
    private async Task ForgetPartsAsync(long export)
    {
        while (await parts.FindManyAsync(_project, ExportPartTable.Export, [export], DeletedAtOnce) is { Count: > 0 } some)
        {
            var commit = new Commit { Project = _project };
            commit.Rows.AddRange(some.Select(ExportPartTable.Parts.Delete));
            await committer.CommitAsync(commit);
        }
    }

    private async Task<(ExportPlan? Plan, ExportResult? Refusal)> PlanAsync(ExportDefinition definition)
    {
        var plan = ExportPlan.TryMake(definition, sources, FilterSettings.In((await settings.OfAsync(_project)).TimeZone), out var refusal);
        return (plan, refusal);
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
            // The grain gave this run up, or the silo ends.
        }
        catch (Exception trouble)
        {
            if (!await EndAsync(trouble))
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

    // Works while it is its turn. True when there is nothing more to do.
    private async Task<bool> AdvanceAsync(ImportRun run)
    {
        if (await store.FindAsync(_project, _id) is not { PendingSince: not null } row)
        {
            return true;
        }

        var (plan, _) = await PlanAsync(ExportPlan.Definition(row.ExportedObject, row.Parameters));
        var work = new ExportWork(_project, plan ?? throw new InvalidOperationException("What is exported is not known here any more."), parts, committer, numbers, () =>
        {
            run.ShowProgress();
            return run.Ended;
        });
        for (var export = row; ;)
        {
            if (await work.StepAsync(export) is not { PendingSince: not null } next)
            {
                return true;
            }

            (export, _failures) = (next, 0);
            if (line.IsOver(run.Place!))
            {
                return false;
            }
        }
    }

    // A step that does not come back would hold its place for as long as the process lives.
    private Task WatchAsync(CancellationToken cancellation)
    {
        if (_run is { } run && run.Silence > Patience)
        {
            LogLost(_id, run.Silence);
            _run = null;
            run.GiveUp();
            Work();
        }

        return Task.CompletedTask;
    }

    // What passes by itself, as an outage does, is waited for however long it takes.
    private async Task<bool> EndAsync(Exception trouble)
    {
        if (trouble is StorageUnavailableException or TimeoutException or OrleansException or OperationCanceledException || ++_failures < MostFailures)
        {
            return false;
        }

        try
        {
            if (await store.FindAsync(_project, _id) is { PendingSince: not null } row)
            {
                var commit = new Commit { Project = _project };
                commit.Rows.Add(ExportTable.Exports.Save(row with { Status = "ERROR", PendingSince = null }));
                await committer.CommitAsync(commit);
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

    [LoggerMessage(LogLevel.Warning, "Export {ExportId} was interrupted and is tried again")]
    private partial void LogTrouble(Exception exception, string exportId);

    [LoggerMessage(LogLevel.Error, "Export {ExportId} failed {Times} times in a row and was ended")]
    private partial void LogEnded(Exception exception, string exportId, int times);

    [LoggerMessage(LogLevel.Warning, "Export {ExportId} made no progress for {Silence} and is taken up again")]
    private partial void LogLost(string exportId, TimeSpan silence);
}
