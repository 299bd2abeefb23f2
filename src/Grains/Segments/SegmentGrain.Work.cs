using Microsoft.Extensions.Logging;

namespace Marketing.Segments;

/// <summary>What a segment does beside calls: its synchronisation, and its end.</summary>
internal sealed partial class SegmentGrain
{
    private bool _working;
    private bool _interrupted;
    private Task _work = Task.CompletedTask;
    private IGrainTimer? _retry;

    // Long work runs beside calls, on the grain's scheduler; recovery starts it again after a crash.
    private void Work()
    {
        if (!_working)
        {
            _working = true;
            _work = RunAsync();
        }
    }

    // A synchronisation by the earlier filter must have written its last chunk before that filter's members are taken out. It ends at its next report.
    private async Task InterruptAsync()
    {
        _interrupted = true;
        await _work;
        _interrupted = false;
    }

    private async Task RunAsync()
    {
        try
        {
            if (State is { Exists: true, Synced: false })
            {
                await SynchronizeAsync();
            }

            // After the synchronisation, which may have added members until it noticed.
            if (State.Deleted)
            {
                await DeleteMembershipsAsync();
                await segments.DeleteAsync(State.Number);
                (State, _revision) = (new SegmentState(), 0);
            }
        }
        catch (Exception trouble)
        {
            LogTrouble(trouble, _id);
            _retry?.Dispose();
            _retry = this.RegisterGrainTimer(() => { Work(); return Task.CompletedTask; }, new GrainTimerCreationOptions(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan));
        }
        finally
        {
            _working = false;
        }
    }

    private async Task SynchronizeAsync()
    {
        if (State.Cursor == SegmentState.MembersOfEarlierFilter)
        {
            // All of them: whoever a commit has entered by the new filter meanwhile is found again.
            await DeleteMembershipsAsync();
            State.Cursor = 0;
            await SaveAsync();
        }

        var entry = (await catalogues.FreshAsync(_project)).Segment(_id)!;
        await foreach (var progress in synchronizer.RunAsync(_project, entry, State.Cursor))
        {
            DelayDeactivation(TimeSpan.FromMinutes(1));
            if (State.Deleted || _interrupted)
            {
                return;
            }

            (State.Cursor, State.Progress) = progress;
            await SaveAsync();
        }

        if (State.Deleted || _interrupted)
        {
            return;
        }

        State.Synced = true;
        State.Progress = 100;
        State.UpdatedAt = clock.GetUtcNow();
        await PublishAsync();
        LogSynced(_id);
    }

    private async Task DeleteMembershipsAsync()
    {
        while (await segments.DeleteMembershipsAsync(State.Number, MembershipsAtOnce) > 0)
        {
            DelayDeactivation(TimeSpan.FromMinutes(1));
        }
    }

    [LoggerMessage(LogLevel.Information, "Segment {SegmentId} is synchronised")]
    private partial void LogSynced(string segmentId);

    [LoggerMessage(LogLevel.Warning, "Work on segment {SegmentId} was interrupted and is tried again")]
    private partial void LogTrouble(Exception exception, string segmentId);
}
