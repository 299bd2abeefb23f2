using Marketing.Segments;
using Microsoft.Extensions.Logging;

namespace Marketing.Distributions;

/// <summary>What a distribution does by itself: wait, count down, make its audience into messages, notice that it is complete.</summary>
internal sealed partial class DistributionGrain
{
    private static readonly TimeSpan LongestCancel = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SegmentPoll = TimeSpan.FromMilliseconds(500);

    // Somebody has to change it first.
    private static readonly TimeSpan UnreadableSegmentPoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookForSupplies = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfterTrouble = TimeSpan.FromSeconds(1);

    // Timers do not reach over months; a grain that is woken too early waits again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    // One run at a time, beside calls, on the grain's scheduler. Each step is durable before the next and may be repeated.
    private void Work()
    {
        _again = true;
        if (!_working)
        {
            _working = true;
            _run = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (_again && !_ending)
            {
                _again = false;
                while (true)
                {
                    var step = StepAsync();
                    _step = step;
                    if (!await step)
                    {
                        break;
                    }

                    if (_ending)
                    {
                        _again = true;
                        break;
                    }

                    DelayDeactivation(TimeSpan.FromMinutes(2));
                }
            }

            LeaveIfOver();
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

    // Of a step that goes on beside a call. That it failed is told to the operator.
    private async Task StepEndedAsync() => await _step.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    /// <summary>Does the next piece of work; true when there may be more at once.</summary>
    private async Task<bool> StepAsync()
    {
        if (!await IsWrittenAsync() || State.View is null)
        {
            return false;
        }

        if (State.Deleted)
        {
            return await DeleteStepAsync();
        }

        if (State.Unread is { } unread)
        {
            return unread.Status == DistributionStatuses.Stopped && await CancelStepAsync();
        }

        switch (State.Status)
        {
            case DistributionStatuses.WaitingForSegment:
                if (await SegmentIsSyncedAsync(State.View.Draft))
                {
                    await RemindAsync(CountdownEnd(State.View.Draft));

                    // Calls are answered meanwhile: it may have been stopped since.
                    if (await SaveIfAsync(StartWaitingCountdown, "distribution.scheduled", null))
                    {
                        await catalogues.ChangedAsync(_project);
                    }

                    return true;
                }

                WorkAfter(await WhyItWaitsAsync() is null ? SegmentPoll : UnreadableSegmentPoll);
                return false;

            case DistributionStatuses.Scheduled:
                var left = State.View.SendsAt!.Value - clock.GetUtcNow();
                if (left > TimeSpan.Zero)
                {
                    WorkAfter(left);
                    return false;
                }

                // Who is in the segment is not known: the messages wait for an author who changes it.
                if (SegmentItWaitsFor() is { } audience && (await catalogues.FreshAsync(_project)).Segments.Find(audience) is { Unreadable: not null })
                {
                    WorkAfter(UnreadableSegmentPoll);
                    return false;
                }

                if (await SaveIfAsync(EndCountdown, "distribution.sending", null))
                {
                    await catalogues.ChangedAsync(_project);
                }

                return true;

            case DistributionStatuses.Sending or DistributionStatuses.Live when State.SnapshotPending:
                return await SnapshotStepAsync();

            case DistributionStatuses.Sending:
                return await CompleteStepAsync();

            case DistributionStatuses.Live:
                return await EndStepAsync();

            case DistributionStatuses.Sent:
                return await ReopenStepAsync();

            case DistributionStatuses.Stopped:
                return await CancelStepAsync();

            case DistributionStatuses.Paused when State.WaitsForSupplies:
                return await SupplyStepAsync();

            default:
                return false;
        }
    }

    private async Task<bool> SupplyStepAsync()
    {
        var draft = State.View!.Draft;
        if (await actions.Of(draft.Action!.Type!).ShortageAsync(_project, draft) is not null)
        {
            WorkAfter(LookForSupplies);
            return false;
        }

        // Calls are answered meanwhile: somebody may have paused or stopped it.
        if (State is { Status: DistributionStatuses.Paused, WaitsForSupplies: true })
        {
            await ResumeAsync();
        }

        return true;
    }

    private bool StartWaitingCountdown()
    {
        if (State.Status != DistributionStatuses.WaitingForSegment)
        {
            return false;
        }

        StartCountdown(State.View!);
        return true;
    }

    // An edit that was accepted meanwhile may have put the end off.
    private bool EndCountdown()
    {
        if (State.Status != DistributionStatuses.Scheduled || State.View!.SendsAt > clock.GetUtcNow())
        {
            return false;
        }

        (State.SnapshotPending, State.SnapshotCursor) = (true, 0);
        State.View = State.View with { Status = DistributionStatuses.Sending, UpdatedAt = clock.GetUtcNow() };
        return true;
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
        await EndReminderAsync();
        await catalogues.ChangedAsync(_project);
        LogSent(_id);
        _wasAsked = false;
        return false;
    }

    // Messages that were queued again, by a retry that was cut short before it said so.
    private async Task<bool> ReopenStepAsync()
    {
        if (!await queue.HasPendingAsync(State.View!.Number))
        {
            return false;
        }

        if (State.Status == DistributionStatuses.Sent)
        {
            await ReopenAsync(null);
            await WakeAllLanesAsync();
        }

        return true;
    }

    private async Task EndReminderAsync()
    {
        if (await this.GetReminder(CountdownReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }

    private void WorkAfter(TimeSpan wait)
    {
        if (_ending)
        {
            _again = true;
            return;
        }

        _timer?.Dispose();
        wait = wait > LongestWait ? LongestWait : wait;
        DelayDeactivation(wait + TimeSpan.FromMinutes(1));
        _timer = this.RegisterGrainTimer(
            () =>
            {
                Work();
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    // Those that get messages now.
    private void WakeLanes() => WakeLanes(Enumerable.Range(0, routing.Lanes));

    private async Task WakeAllLanesAsync() => WakeLanes(await LanesAsync());

    private void WakeLanes(IEnumerable<int> lanes)
    {
        foreach (var lane in lanes)
        {
            signals.Wake(_project, State.View!.Number, lane);
        }
    }

    // Also those that had messages when there were more lanes.
    private async Task<IReadOnlyCollection<int>> LanesAsync() =>
        [.. Enumerable.Range(0, routing.Lanes).Union(await queue.LanesAsync(State.View!.Number))];

    [LoggerMessage(LogLevel.Information, "Distribution {DistributionId} is sent")]
    private partial void LogSent(string distributionId);

    [LoggerMessage(LogLevel.Warning, "Distribution {DistributionId} could not go on and tries again")]
    private partial void LogTrouble(Exception exception, string distributionId);
}
