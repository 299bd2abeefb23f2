using Marketing.Catalogue;
using Marketing.Segments;
using Microsoft.Extensions.Logging;

namespace Marketing.Distributions;

/// <summary>From draft to live, sending, paused and stopped.</summary>
internal sealed partial class DistributionGrain
{
    // Reminders do not reach over months either.
    private static readonly TimeSpan FirstTick = TimeSpan.FromDays(1);

    public async Task<DistributionResult> ActivateAsync()
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        if (WhyUnread() is { } unread)
        {
            return unread;
        }

        switch (State.Status)
        {
            case DistributionStatuses.Paused:
                return await ResumeAsync();
            case DistributionStatuses.Draft:
                break;
            default:
                if (DistributionRules.WhyNotActivate(State) is { } refusal)
                {
                    return Refuse(refusal);
                }

                // An earlier call may have been cut short after it had written the row.
                await catalogues.ChangedAsync(_project);
                Work();
                return await DoneAsync();
        }

        var view = State.View!;
        if (await validator.ValidateAsync(_project, view.Number, view.Draft) is { Count: > 0 } problems)
        {
            return new DistributionResult.Invalid(problems);
        }

        await AdoptSegmentsAsync(view.Draft);
        var now = clock.GetUtcNow();
        if (view.Draft.Type == "manual")
        {
            await EnterCountdownAsync(view with { ActivatedAt = now, UpdatedAt = now }, "distribution.activated");
        }
        else
        {
            if (view.Draft.Trigger!.SegmentId is { } segment)
            {
                // Using a passive segment in a trigger makes it an active one for good: only those have events.
                await GrainFactory.Segment(_project, segment).ActivateAsync();
            }

            State.SnapshotPending = DistributionEntry.Follows(view.Draft.Trigger) || (view.Draft.Trigger.IncludeCurrentMembers && view.Draft.Trigger.Type == TriggerCatalogue.SegmentEntered);
            State.View = view with { Status = DistributionStatuses.Live, ActivatedAt = now, UpdatedAt = now };
            await SaveAsync("distribution.activated", null);
            await catalogues.ChangedAsync(_project);
        }

        await DiscardSegmentsAsync();
        LogActivated(_id, State.Status);
        Work();
        await CheckSuppliesAsync();
        return await DoneAsync();
    }

    public async Task<DistributionResult> PauseAsync()
    {
        // Who pauses one that waits for supplies does not want it to go on by itself.
        if (State is { Exists: true, WaitsForSupplies: true })
        {
            State.WaitsForSupplies = false;
            await SaveAsync("distribution.paused", null);
        }

        return await PauseAsync(null);
    }

    public async Task<DistributionResult> ResumeAsync()
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        if ((WhyUnread() ?? (DistributionRules.WhyNotResume(State) is { } reason ? Refuse(reason) : null)) is { } refusal)
        {
            return refusal;
        }

        State.WaitsForSupplies = false;
        var view = State.View! with { StatusReason = null, UpdatedAt = clock.GetUtcNow() };
        if (State.Status == DistributionStatuses.Paused && State.StatusBeforePause is DistributionStatuses.Scheduled or DistributionStatuses.WaitingForSegment)
        {
            await EnterCountdownAsync(view, "distribution.resumed");
        }
        else
        {
            if (State.Status == DistributionStatuses.Paused)
            {
                State.View = view with { Status = State.StatusBeforePause ?? DistributionStatuses.Live };
                if (DistributionEntry.Follows(view.Draft.Trigger))
                {
                    // Codes that were published meanwhile.
                    (State.SnapshotPending, State.SnapshotPlace) = (true, null);
                }

                await SaveAsync("distribution.resumed", null);
            }

            // Also of one that goes on already: an earlier call may have been cut short after it had written the row.
            await catalogues.ChangedAsync(_project);
            await WakeAllLanesAsync();
        }

        Work();
        return await DoneAsync();
    }

    public async Task<DistributionResult> StopAsync()
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        if (DistributionRules.WhyNotStop(State) is { } refusal)
        {
            return Refuse(refusal);
        }

        if (State.Unread is { Status: not DistributionStatuses.Stopped })
        {
            (State.CancelPending, State.Unread) = (true, State.Unread with { Status = DistributionStatuses.Stopped });
            await SaveAsync("distribution.stopped", null);
        }
        else if (State.Status != DistributionStatuses.Stopped && State.Unread is null)
        {
            (State.SnapshotPending, State.CancelPending) = (false, true);
            State.View = State.View! with { Status = DistributionStatuses.Stopped, SendsAt = null, UpdatedAt = clock.GetUtcNow() };
            await SaveAsync("distribution.stopped", null);
        }

        // Also of a stopped one: an earlier call may have been cut short after it had written the row.
        await catalogues.ChangedAsync(_project);
        await HoldLanesAsync();
        await StepEndedAsync();
        await CancelWaitingAsync();
        Work();
        return await DoneAsync();
    }

    public async Task ReportExhaustedAsync(string channelType, string reason)
    {
        if (State.Exists && State.Status is DistributionStatuses.Live or DistributionStatuses.Sending)
        {
            await PauseAsync($"{channelType} gave up: {reason}");
        }
    }

    public async Task ReportShortageAsync(string reason)
    {
        if (State.Exists && State.Status is DistributionStatuses.Live or DistributionStatuses.Sending)
        {
            State.WaitsForSupplies = true;
            await PauseAsync(reason);
            WorkAfter(LookForSupplies);
        }
    }

    private async Task<DistributionResult> PauseAsync(string? reason)
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        if ((WhyUnread() ?? (DistributionRules.WhyNotPause(State) is { } why ? Refuse(why) : null)) is { } refusal)
        {
            return refusal;
        }

        if (State.Status != DistributionStatuses.Paused)
        {
            State.StatusBeforePause = State.Status;
            if (State.Status == DistributionStatuses.Scheduled)
            {
                State.CountdownLeft = DistributionRules.CountdownLeft(State.View!.SendsAt!.Value, clock.GetUtcNow(), options.Value.ManualDelay);
            }

            State.View = State.View! with { Status = DistributionStatuses.Paused, StatusReason = reason, SendsAt = null, UpdatedAt = clock.GetUtcNow() };
            await SaveAsync("distribution.paused", reason);
            LogPaused(_id, reason ?? "on request");
        }

        // Also of a paused one: an earlier call may have been cut short after it had written the row.
        await catalogues.ChangedAsync(_project);
        await HoldLanesAsync();
        return await DoneAsync();
    }

    // After the catalogue has changed, so that nothing new is marked: what waits for a connection comes back before the caller has an answer.
    private async Task HoldLanesAsync()
    {
        var lanes = await LanesAsync();
        try
        {
            await signals.HoldAsync(_project, State.View!.Number, lanes);
        }
        catch (Exception failure)
        {
            // A silo that is frozen or gone: what it had is taken up by the others, which know.
            LogNotHeld(failure, _id);
        }
    }

    // So that the answer has the counts that hold from now on; a large rest is canceled after it.
    private async Task CancelWaitingAsync()
    {
        var since = clock.GetTimestamp();
        while (clock.GetElapsedTime(since) < LongestCancel && await queue.CancelAsync(State.View!.Number, CancelChunk, clock.GetUtcNow()) > 0)
        {
        }
    }

    private async Task EnterCountdownAsync(Distribution view, string logged)
    {
        // Whatever may fail comes first: nothing has changed then, and the same call may be made again.
        if (await SegmentIsSyncedAsync(view.Draft))
        {
            await RemindAsync(CountdownEnd(view.Draft));
            StartCountdown(view);
            await SaveAsync(logged, null);
        }
        else
        {
            await this.RegisterOrUpdateReminder(CountdownReminder, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
            State.View = view with { Status = DistributionStatuses.WaitingForSegment, SendsAt = null };
            await SaveAsync(logged, "waiting for the segment");
        }

        await catalogues.ChangedAsync(_project);
    }

    private void StartCountdown(Distribution view)
    {
        State.View = view with { Status = DistributionStatuses.Scheduled, SendsAt = CountdownEnd(view.Draft) };
        State.CountdownLeft = null;
    }

    private DateTimeOffset CountdownEnd(DistributionDraft draft) =>
        DistributionRules.SendsAt(draft, clock.GetUtcNow() + (State.CountdownLeft ?? options.Value.ManualDelay));

    // Before the state: a tick that finds nothing to do is harmless, a countdown that no tick ends is a lost send.
    private async Task RemindAsync(DateTimeOffset sendsAt)
    {
        var left = sendsAt - clock.GetUtcNow();
        await this.RegisterOrUpdateReminder(
            CountdownReminder, left < TimeSpan.Zero ? TimeSpan.Zero : left < FirstTick ? left : FirstTick, TimeSpan.FromMinutes(1));
    }

    private async Task<bool> SegmentIsSyncedAsync(DistributionDraft draft)
    {
        if (draft.Audience?.SegmentId is not { } segment)
        {
            return true;
        }

        return (await catalogues.FreshAsync(_project)).Segments.Find(segment) is not { } found || found is { Synced: true, Unreadable: null };
    }

    [LoggerMessage(LogLevel.Information, "Distribution {DistributionId} was activated and is {Status}")]
    private partial void LogActivated(string distributionId, string status);

    [LoggerMessage(LogLevel.Warning, "Distribution {DistributionId} does not send any more, but not all of its lanes could be told")]
    private partial void LogNotHeld(Exception exception, string distributionId);

    [LoggerMessage(LogLevel.Information, "Distribution {DistributionId} was paused: {Reason}")]
    private partial void LogPaused(string distributionId, string reason);
}
