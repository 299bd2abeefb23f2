using Marketing.Customers;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Distributions;

/// <summary>What a distribution does by itself: wait, count down, make its audience into messages, notice that it is complete.</summary>
internal sealed partial class DistributionGrain
{
    private const int SnapshotChunk = 10_000;
    private const int CancelChunk = 5_000;
    private const long ManualOccurrence = 0;
    private const long MembersAtActivation = -1;
    private static readonly TimeSpan SegmentPoll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryAfterTrouble = TimeSpan.FromSeconds(1);

    // One run at a time, beside calls, on the grain's scheduler. Each step is durable before the next and may be repeated.
    private void Work()
    {
        _again = true;
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
            while (_again)
            {
                _again = false;
                while (await StepAsync())
                {
                    DelayDeactivation(TimeSpan.FromMinutes(2));
                }
            }
        }
        catch (Exception trouble)
        {
            LogTrouble(trouble, _id);
            WorkAfter(RetryAfterTrouble);
        }
        finally
        {
            _working = false;
        }
    }

    /// <summary>Does the next piece of work; true when there may be more at once.</summary>
    private async Task<bool> StepAsync()
    {
        if (State.View is null)
        {
            return false;
        }

        if (_rowIsUnchecked)
        {
            await CheckRowAsync();
            return true;
        }

        if (State.Deleted)
        {
            return await DeleteStepAsync();
        }

        switch (State.Status)
        {
            case DistributionStatuses.WaitingForSegment:
                if (await SegmentIsSyncedAsync())
                {
                    // Calls are answered between steps: it may have been stopped since.
                    if (State.Status == DistributionStatuses.WaitingForSegment)
                    {
                        await StartCountdownAsync("distribution.scheduled");
                    }

                    return true;
                }

                WorkAfter(SegmentPoll);
                return false;

            case DistributionStatuses.Scheduled:
                var left = State.View.SendsAt!.Value - clock.GetUtcNow();
                if (left > TimeSpan.Zero)
                {
                    WorkAfter(left);
                    return false;
                }

                State.SnapshotPending = true;
                State.SnapshotCursor = 0;
                State.View = State.View with { Status = DistributionStatuses.Sending, UpdatedAt = clock.GetUtcNow() };
                await SaveAsync("distribution.sending", null);
                await catalogues.ChangedAsync(_project);
                return true;

            case DistributionStatuses.Sending or DistributionStatuses.Live when State.SnapshotPending:
                return await SnapshotStepAsync();

            case DistributionStatuses.Sending:
                return await CompleteStepAsync();

            case DistributionStatuses.Stopped:
                return await queue.CancelAsync(State.View.Number, CancelChunk, clock.GetUtcNow()) > 0;

            default:
                return false;
        }
    }

    // A crash between writing the state and the row leaves the row behind; whoever finds the grain again puts it right.
    private async Task CheckRowAsync()
    {
        var row = Row();
        var stored = await distributions.FindAsync(_project, _id);
        if (stored is null || stored.Status != row.Status || !stored.Document.AsSpan().SequenceEqual(row.Document))
        {
            await distributions.SaveAsync(row);
            await catalogues.ChangedAsync(_project);
        }

        _rowIsUnchecked = false;
    }

    private async Task<bool> SnapshotStepAsync()
    {
        var draft = State.View!.Draft;
        var isManual = draft.Type == "manual";
        if (isManual && draft.Audience!.Customer is { } customer)
        {
            await OweOneAsync(customer);
        }
        else
        {
            var segment = (await catalogues.FreshAsync(_project)).Segment(isManual ? draft.Audience!.SegmentId! : draft.Trigger!.SegmentId!);
            if (segment is { Synced: false })
            {
                // Members that the synchronisation has yet to find would be behind the cursor.
                WorkAfter(SegmentPoll);
                return false;
            }

            var now = clock.GetUtcNow();
            long? reached = segment is null ? null : await queue.SnapshotAsync(new AudienceChunk
            {
                Project = _project,
                Distribution = State.View.Number,
                Segment = segment.Number,
                AfterCustomer = State.SnapshotCursor,
                Limit = SnapshotChunk,
                Channels = [.. draft.Channels.Select(channel => channel.Type!)],
                Occurrence = isManual ? ManualOccurrence : MembersAtActivation,
                SkipAlreadyOwed = !isManual,
                Lanes = routing.Lanes,
                DueAt = now + (isManual ? TimeSpan.Zero : draft.Delay ?? TimeSpan.Zero),
                Now = now,
            });
            if (reached is { } cursor)
            {
                // Kept in memory between saves: a chunk done again after a crash changes nothing.
                State.SnapshotCursor = cursor;
                WakeLanes();
                return true;
            }
        }

        State.SnapshotPending = false;
        await SaveAsync(null, null);
        WakeLanes();
        return true;
    }

    private async Task OweOneAsync(string customer)
    {
        var row = await customers.FindAsync(_project, customer);
        if (row is null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var commit = new Commit { Project = _project };
        foreach (var channel in State.View!.Draft.Channels)
        {
            commit.Messages.Add(new MessageInsert(
                State.View.Number, await numbers.NextAsync(NumberSequence.Messages), routing.LaneOf(row.Number), row.Number, ManualOccurrence, channel.Type!, now, now));
        }

        await committer.CommitAsync(commit);
    }

    // Complete means that no row is left which is not in a final state; counts are never compared.
    private async Task<bool> CompleteStepAsync()
    {
        var requeued = _requeued;
        if (await queue.HasPendingAsync(State.View!.Number))
        {
            return false;
        }

        // Calls are answered while the database looks: a pause, a stop or a retry that came in between is not to be written over.
        if (State.Status != DistributionStatuses.Sending || _requeued != requeued)
        {
            return State.Status != DistributionStatuses.Sending;
        }

        State.View = State.View with { Status = DistributionStatuses.Sent, UpdatedAt = clock.GetUtcNow() };
        await SaveAsync("distribution.sent", null);
        await EndCountdownAsync();
        await catalogues.ChangedAsync(_project);
        LogSent(_id);
        return false;
    }

    private async Task EndCountdownAsync()
    {
        if (await this.GetReminder(CountdownReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    private async Task<bool> DeleteStepAsync()
    {
        if (await queue.DeleteAsync(State.View!.Number, CancelChunk) > 0)
        {
            return true;
        }

        await distributions.DeleteAsync(State.View.Number);
        await state.ClearStateAsync();
        return false;
    }

    private void WorkAfter(TimeSpan wait)
    {
        _timer?.Dispose();
        DelayDeactivation(wait + TimeSpan.FromMinutes(1));
        _timer = this.RegisterGrainTimer(
            () =>
            {
                Work();
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    [LoggerMessage(LogLevel.Information, "Distribution {DistributionId} is sent")]
    private partial void LogSent(string distributionId);

    [LoggerMessage(LogLevel.Warning, "Distribution {DistributionId} could not go on and tries again")]
    private partial void LogTrouble(Exception exception, string distributionId);
}
