namespace Marketing.Distributions;

/// <summary>What may be done with a distribution in which state. Pure; each returns the reason for a refusal, or null.</summary>
internal static class DistributionRules
{
    public static string? WhyNotEdit(DistributionState state, DistributionDraft draft)
    {
        switch (state.Status)
        {
            case DistributionStatuses.Draft or DistributionStatuses.Scheduled or DistributionStatuses.WaitingForSegment:
                return null;
            case DistributionStatuses.Live or DistributionStatuses.Paused:
                var present = state.View!.Draft;
                return draft.Type == present.Type && draft.Trigger == present.Trigger && draft.Audience == present.Audience
                    ? null
                    : "Type, trigger and audience cannot be changed after activation; duplicate the distribution instead";
            default:
                return "Only drafts, live and paused distributions and those counting down can be edited";
        }
    }

    /// <summary>When a manual one sends whose countdown ends at the given time.</summary>
    public static DateTimeOffset SendsAt(DistributionDraft draft, DateTimeOffset countdownEnds) =>
        draft.StartsAt > countdownEnds ? draft.StartsAt.Value : countdownEnds;

    /// <summary>What is left of a countdown. Waiting for the start is no part of it.</summary>
    public static TimeSpan CountdownLeft(DateTimeOffset sendsAt, DateTimeOffset now, TimeSpan countdown)
    {
        var left = sendsAt - now;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < countdown ? left : countdown;
    }

    /// <summary>The distribution with another draft. A send that was waiting for its start and need not any more leaves a whole countdown for second thoughts.</summary>
    public static Distribution Edited(Distribution view, DistributionDraft draft, bool segmentIsSynced, DateTimeOffset now, TimeSpan countdown)
    {
        var edited = view with { Draft = draft, UpdatedAt = now, Version = view.Version + 1 };
        if (view.Status != DistributionStatuses.Scheduled)
        {
            return edited;
        }

        return segmentIsSynced
            ? edited with { SendsAt = SendsAt(draft, now + CountdownLeft(view.SendsAt!.Value, now, countdown)) }
            : edited with { Status = DistributionStatuses.WaitingForSegment, SendsAt = null };
    }

    public static string? WhyNotActivate(DistributionState state) => state.Status switch
    {
        DistributionStatuses.Stopped => "A stopped distribution cannot be activated; duplicate it instead",
        DistributionStatuses.Sent => "The distribution was sent; duplicate it to send again",
        _ => null,
    };

    public static string? WhyNotPause(DistributionState state) => state.Status switch
    {
        DistributionStatuses.Live or DistributionStatuses.Sending or DistributionStatuses.Scheduled or DistributionStatuses.WaitingForSegment or DistributionStatuses.Paused => null,
        _ => "Only a distribution that is live, sending or counting down can be paused",
    };

    public static string? WhyNotResume(DistributionState state) => state.Status switch
    {
        DistributionStatuses.Paused or DistributionStatuses.Live or DistributionStatuses.Sending => null,
        _ => "Only a paused distribution can be resumed",
    };

    public static string? WhyNotStop(DistributionState state) => (state.Unread?.Status ?? state.Status) switch
    {
        DistributionStatuses.Draft => "A draft has nothing to stop",
        DistributionStatuses.Sent => "The distribution was sent already",
        _ => null,
    };

    public static string? WhyNotDelete(DistributionState state) => state.Status switch
    {
        DistributionStatuses.Draft or DistributionStatuses.Sent or DistributionStatuses.Stopped or DistributionStatuses.Paused => null,
        _ => "Stop or pause the distribution before deleting it",
    };
}
