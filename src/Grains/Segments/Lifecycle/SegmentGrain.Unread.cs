using Marketing.Storage;

namespace Marketing.Segments;

/// <summary>A filter that is not understood: nobody enters or leaves by it, and its members stay, until it is changed or understood again.</summary>
internal sealed partial class SegmentGrain
{
    // Many may ask at once, and a call finds no more than two activations that are about to leave.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private IGrainTimer? _leave;

    // What is not understood leaves soon and is read again: somebody may have mended the row.
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        finally
        {
            if (_leave is null && State.Unread is not null)
            {
                _leave = this.RegisterGrainTimer(LeaveAsync, new GrainTimerCreationOptions(Moment, Timeout.InfiniteTimeSpan));
            }
        }
    }

    private Task LeaveAsync()
    {
        if (State.Unread is not null && !_working)
        {
            DeactivateOnIdle();
        }
        else
        {
            _leave?.Dispose();
            _leave = null;
        }

        return Task.CompletedTask;
    }

    // The catalogue has read a row that is not the one that is in memory: somebody else wrote it.
    private async Task ReadAgainAsync()
    {
        if (!_working && State is { Exists: true, Unread: null } && (await catalogues.GetAsync(_project)).Segments.Find(_id) is { Unreadable: not null }
            && await segments.FindAsync(_project, _id) is { } row && UnreadFilter.Of(row) is not null && !_working)
        {
            State = SegmentRowMapping.State(row, earlier.State);
            _revision = row.Revision;
        }
    }

    // What happened meanwhile was not looked at by it, so the members of then are not those of now. That is kept in the row: whoever understands the filter,
    // as after the next upgrade, must not go on as if nothing had been.
    private async Task SeeToFilterAsync()
    {
        if (State is { Exists: true, Unread: not null } && State.Cursor != SegmentState.NotUnderstood)
        {
            (State.Synced, State.Progress, State.Cursor) = (false, 0, SegmentState.NotUnderstood);
            await PublishAsync();
        }
        else if (State is { Exists: true, Unread: null, Cursor: SegmentState.NotUnderstood })
        {
            var zone = (await filterSettings.ZonesAsync(_project)).Current;
            if (State is { Exists: true, Unread: null, Cursor: SegmentState.NotUnderstood })
            {
                BeginAnew(zone);
                await PublishAsync();

                // It may have been changed before the row said from when on it counts.
                await FollowTimeZoneAsync();
            }
        }
    }

    // By the filter as it is now, from now on: its members are found as if it were new.
    private void BeginAnew(string zone)
    {
        (State.Baseline, State.Zones) = (clock.GetStoredNow(), [new ZoneEra(default, zone)]);
        (State.Synced, State.Progress, State.Cursor) = (false, 0, SegmentState.MembersOfEarlierFilter);
    }
}
