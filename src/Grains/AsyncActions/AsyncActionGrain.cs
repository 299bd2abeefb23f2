using System.Diagnostics;
using System.Text.Json;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.AsyncActions;

[GrainType("async-action")]
internal sealed partial class AsyncActionGrain(IAsyncActionStore store, IEnumerable<IImport> imports, TimeProvider clock, ILogger<AsyncActionGrain> logger)
    : Grain, IAsyncActionGrain
{
    private static readonly TimeSpan RetryAfterTrouble = TimeSpan.FromSeconds(2);

    private int _project;
    private string _id = "";
    private bool _working;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<bool> StartAsync(string type, byte[] payload, CommandContext context)
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
        };
        if (!await store.AddAsync(row, payload))
        {
            var known = await store.FindAsync(_project, _id);
            if (known?.Fingerprint != context.Fingerprint)
            {
                return false;
            }
        }

        Work();
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
        if (!_working)
        {
            _working = true;
            RunAsync().Ignore();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            if (await store.FindAsync(_project, _id) is { Status: "ENQUEUED" or "IN_PROGRESS" } row)
            {
                await RunAsync(row, await store.PayloadAsync(_project, _id) ?? []);
            }
        }
        catch (Exception trouble)
        {
            LogTrouble(trouble, _id);
            this.RegisterGrainTimer(ResumeAsync, new GrainTimerCreationOptions(RetryAfterTrouble, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        }
        finally
        {
            _working = false;
        }
    }

    private async Task RunAsync(AsyncActionRow row, byte[] payload)
    {
        var import = imports.First(candidate => candidate.Type == row.Type);
        var failed = ImportResult.Failures(row.Result);
        var spent = Stopwatch.StartNew();
        var before = row.ProcessingMilliseconds;
        try
        {
            var job = new ImportJob(_project, _id, payload, row.Cursor, new CommandContext { RequestId = row.RequestId ?? RequestIds.New(), Channel = "API" });
            await foreach (var step in import.RunAsync(job))
            {
                DelayDeactivation(TimeSpan.FromMinutes(2));
                failed.AddRange(step.Failed);
                row = row with
                {
                    Status = "IN_PROGRESS",
                    Cursor = step.Cursor,
                    Total = step.Total,
                    ProcessingMilliseconds = before + spent.ElapsedMilliseconds,
                    UpdatedAt = clock.GetUtcNow(),
                    Result = ImportResult.Write(import, step.Cursor, failed),
                };
                await store.SaveAsync(row);
            }

            await store.SaveAsync(row with
            {
                Status = "DONE",
                ProcessingMilliseconds = before + spent.ElapsedMilliseconds,
                UpdatedAt = clock.GetUtcNow(),
                Result = ImportResult.Write(import, row.Cursor, failed),
            });
        }
        catch (ImportRefusedException refused)
        {
            await store.SaveAsync(row with
            {
                Status = "FAILED",
                UpdatedAt = clock.GetUtcNow(),
                Result = JsonSerializer.SerializeToUtf8Bytes(new { message = refused.Message, failed = Array.Empty<object>(), done_count = 0, failed_count = 0 }),
            });
        }
    }

    [LoggerMessage(LogLevel.Warning, "Background job {ActionId} was interrupted and is tried again")]
    private partial void LogTrouble(Exception exception, string actionId);
}
