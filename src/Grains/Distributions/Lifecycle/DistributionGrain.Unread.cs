using Marketing.Distributions.Triggers;
using Marketing.Segments;

namespace Marketing.Distributions;

/// <summary>One whose stored document is not understood: nothing is guessed. It can be written anew, stopped and deleted.</summary>
internal sealed partial class DistributionGrain
{
    private const string WriteAnew = "What is stored of the distribution is not understood. Write it anew, stop it or delete it";

    private DistributionResult.Refused? WhyUnread() => State.Unread is null ? null : Refuse(WriteAnew);

    // The catalogue has read a row that is not the one that is in memory: somebody else wrote it.
    private async Task ReadAgainAsync()
    {
        if (!_working && State is { Exists: true, Unread: null } && (await catalogues.GetAsync(_project)).Distributions.Find(State.View!.Number) is { Unread: not null }
            && await distributions.FindAsync(_project, _id) is { } row && UnreadDistribution.Read(row).Unread is not null && !_working)
        {
            State = DistributionRowMapping.State(row, earlier.State);
            (_revision, _isListed) = (row.Revision, row.Unfinished);
        }
    }

    // It takes the place of what is not understood. Whatever had begun is paused: its author looks at it, then lets it go on.
    private async Task<DistributionResult> WriteAnewAsync(DistributionDraft draft)
    {
        var unread = State.Unread!;
        var isDraft = unread.Status == DistributionStatuses.Draft;
        if (!isDraft && unread.Status is not (DistributionStatuses.Live or DistributionStatuses.Paused or DistributionStatuses.Scheduled or DistributionStatuses.WaitingForSegment))
        {
            return Refuse("What is stored of the distribution is not understood, and how far it is neither. Stop it or delete it");
        }

        if (!isDraft && draft.Type != State.View!.Draft.Type)
        {
            return Refuse("The type cannot be changed after activation");
        }

        if (await WhyNotKeepAsync(draft, State.View!.Number) is { } limits)
        {
            return limits;
        }

        if (!isDraft && await validator.ValidateAsync(_project, State.View.Number, draft) is { Count: > 0 } problems)
        {
            return new DistributionResult.Invalid(problems);
        }

        // A manual one that was paused may have been in the middle of sending.
        if (unread.Status == DistributionStatuses.Paused && draft.Type == "manual" && (await ViewAsync()).Counts.Audience > 0)
        {
            return Refuse("What is stored of the distribution is not understood, and how far it is neither. Stop it or delete it");
        }

        await _writing.WaitAsync();
        try
        {
            var before = State;
            State = new DistributionState
            {
                StatusBeforePause = isDraft ? null : draft.Type == "manual" ? DistributionStatuses.Scheduled : DistributionStatuses.Live,
                View = State.View with
                {
                    Draft = draft,
                    Status = isDraft ? DistributionStatuses.Draft : DistributionStatuses.Paused,
                    StatusReason = isDraft ? null : "It was written anew. Resume it to let it go on",
                    UpdatedAt = clock.GetUtcNow(),

                    // Which one it was is not known; every version was a write.
                    Version = _revision + 1,
                },
            };
            if (!await WriteAsync(State.View, "distribution.updated", "written anew"))
            {
                State = before;
                return NameTaken();
            }
        }
        finally
        {
            _writing.Release();
        }

        await catalogues.ChangedAsync(_project);
        return await DoneAsync();
    }

    // Shown, not stored: it goes on by itself when the filter or the rule is changed.
    private async Task<string?> WhyItWaitsAsync()
    {
        var catalogue = await catalogues.GetAsync(_project);
        return SegmentItWaitsFor() is { } segment && catalogue.Segments.Find(segment) is { Unreadable: { } reason }
            ? $"The filter of segment {segment} cannot be read, so nobody enters or leaves it and nothing is made of its members: {reason}"
            : State is { Exists: true, Unread: null, Status: DistributionStatuses.Live } ? TriggerRules.WhyNever(State.View!.Draft.Trigger, catalogue)
            : null;
    }

    private string? SegmentItWaitsFor() => State is not { Exists: true, Unread: null } ? null : State.Status switch
    {
        DistributionStatuses.Live => State.View!.Draft.Trigger?.SegmentId,
        DistributionStatuses.Scheduled or DistributionStatuses.WaitingForSegment => State.View!.Draft.Audience?.SegmentId,
        DistributionStatuses.Sending when State.SnapshotPending => State.View!.Draft.Audience?.SegmentId,
        _ => null,
    };
}
