using System.Text;
using Marketing.Filters;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Segments;

/// <summary>What a segment does beside calls: synchronise, follow the project's time zone, delete what is left of it.</summary>
internal sealed partial class SegmentGrain
{
    // A new time zone begins when every silo knows of it: what is decided before then, by whatever catalogue, is decided in the old one.
    private static readonly TimeSpan UntilNewZone = TimeSpan.FromSeconds(5);

    private bool _working;
    private bool _interrupted;
    private Task _work = Task.CompletedTask;
    private Task _published = Task.CompletedTask;
    private IGrainTimer? _retry;

    public async Task FollowTimeZoneAsync()
    {
        // One that is not understood gets the zone of then when its members are found anew.
        if (State is not { Exists: true, Filter: { } filter, Unread: null })
        {
            return;
        }

        var (current, told) = await filterSettings.ZonesAsync(_project);
        IReadOnlyList<ZoneEra> zones = State.Zones ?? [new ZoneEra(default, told)];
        if (zones[^1].Zone == current ||
            SegmentFilters.Parse(Encoding.UTF8.GetBytes(filter), FilterSettings.In(current)) is not FilterParseResult.Ok { Filter.ReadsCalendar: true })
        {
            return;
        }

        State.Zones = [.. zones, new ZoneEra(clock.GetStoredNow() + UntilNewZone, current)];
        (State.Synced, State.Progress) = (false, 0);
        State.Cursor = Math.Min(State.Cursor, 0);
        await SaveAsync();
        Work();
        await catalogues.ChangedAsync(_project);
    }

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
            await SeeToFilterAsync();
            while (State is { Exists: true, Synced: false, Unread: null } && !_interrupted)
            {
                await SynchronizeAsync();
            }

            // After the synchronisation, which may have added members until it noticed, and not before it is written and everybody knows that it goes.
            if (State.Deleted)
            {
                await _published;
                await DeleteMembershipsAsync();
                await segments.DeleteAsync(State.Number);
                (State, _revision) = (new SegmentState(), 0);
                DeactivateOnIdle();
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
        // Another one since, and it begins anew.
        var zones = State.Zones;
        if (zones is { Count: > 0 } && zones[^1].From - clock.GetUtcNow() is var early && early > TimeSpan.Zero)
        {
            DelayDeactivation(early + TimeSpan.FromMinutes(1));
            await Task.Delay(early, clock);
        }

        if (State.Deleted || _interrupted)
        {
            return;
        }

        if (State.Cursor == SegmentState.MembersOfEarlierFilter)
        {
            // All of them: those that a commit has entered by the new filter meanwhile are found again.
            await DeleteMembershipsAsync();
            State.Cursor = 0;
            await SaveAsync();
        }

        var entry = (await catalogues.FreshAsync(_project)).Segments.Find(_id)!;
        if (entry.Filter is null)
        {
            DeactivateOnIdle();
            throw new InvalidOperationException($"The row of segment {_id} was changed by somebody else.");
        }

        await foreach (var progress in synchronizer.RunAsync(_project, entry, State.Cursor))
        {
            DelayDeactivation(TimeSpan.FromMinutes(1));
            if (State.Deleted || _interrupted || State.Zones != zones)
            {
                return;
            }

            (State.Cursor, State.Progress) = progress;
            await SaveAsync();
        }

        if (State.Deleted || _interrupted || State.Zones != zones)
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
