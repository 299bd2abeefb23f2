using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions;

[GrainType("distribution")]
internal sealed partial class DistributionGrain(
    [PersistentState("distribution")] IPersistentState<DistributionState> state, IDistributionStore distributions, IMessageQueue queue, ICommitter committer,
    ICustomerStore customers, Catalogues catalogues, ICatalogueBroadcast broadcast, DraftValidator validator, DistributionTrials trials,
    AudienceEstimator estimator, LaneRouting routing, LaneSignals signals, INumbers numbers, IOptions<DistributionOptions> options, TimeProvider clock,
    ILogger<DistributionGrain> logger)
    : Grain, IDistributionGrain, IRemindable, IDisposable
{
    private const string CountdownReminder = "countdown";

    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _project;
    private string _id = "";
    private bool _working;
    private bool _again;
    private IGrainTimer? _timer;

    private DistributionState State => state.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        if (State.View is not null)
        {
            Work();
        }

        return Task.CompletedTask;
    }

    public async Task<DistributionResult> CreateAsync(DistributionDraft draft, CommandContext context)
    {
        if (State.Exists)
        {
            return State.Fingerprint == context.Fingerprint ? await DoneAsync() : new DistributionResult.KeyReused();
        }

        if (await WhyNotKeepAsync(draft, 0) is { } problems)
        {
            return problems;
        }

        State.Fingerprint = context.Fingerprint;
        State.View = new Distribution
        {
            Id = _id,
            Number = (int)numbers.Next(NumberSequence.Distributions),
            Draft = Normalise(draft),
            Status = DistributionStatuses.Draft,
            CreatedAt = clock.GetUtcNow(),
        };
        await SaveAsync("distribution.created", null);
        return await DoneAsync();
    }

    public async Task<Distribution?> FindAsync() => State.Exists ? await ViewAsync() : null;

    public async Task<DistributionResult> EditAsync(DistributionDraft draft)
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        draft = Normalise(draft);
        if (DistributionRules.WhyNotEdit(State, draft) is { } refusal)
        {
            return Refuse(refusal);
        }

        if (await WhyNotKeepAsync(draft, State.View!.Number) is { } limits)
        {
            return limits;
        }

        var isDraft = State.Status == DistributionStatuses.Draft;
        if (!isDraft)
        {
            if (draft.Type != State.View.Draft.Type)
            {
                return Refuse("The type cannot be changed after activation");
            }

            if (await validator.ValidateAsync(_project, State.View.Number, draft) is { Count: > 0 } problems)
            {
                return new DistributionResult.Invalid(problems);
            }
        }

        State.View = State.View with { Draft = draft, UpdatedAt = clock.GetUtcNow() };
        if (State.Status == DistributionStatuses.Scheduled && !await SegmentIsSyncedAsync())
        {
            State.View = State.View with { Status = DistributionStatuses.WaitingForSegment, SendsAt = null };
        }

        await SaveAsync("distribution.updated", null);
        if (!isDraft)
        {
            await broadcast.ChangedAsync(_project);
            Work();
        }

        return await DoneAsync();
    }

    public async Task<IReadOnlyList<DraftProblem>?> ValidateAsync() =>
        State.Exists ? await validator.ValidateAsync(_project, State.View!.Number, State.View.Draft) : null;

    public async Task<DistributionResult> ActivateAsync()
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        switch (State.Status)
        {
            case DistributionStatuses.Paused:
                return await ResumeAsync();
            case DistributionStatuses.Draft:
                break;
            default:
                return DistributionRules.WhyNotActivate(State) is { } refusal ? Refuse(refusal) : await DoneAsync();
        }

        var view = State.View!;
        if (await validator.ValidateAsync(_project, view.Number, view.Draft) is { Count: > 0 } problems)
        {
            return new DistributionResult.Invalid(problems);
        }

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

            State.SnapshotPending = view.Draft.Trigger.IncludeCurrentMembers && view.Draft.Trigger.Type == TriggerCatalogue.SegmentEntered;
            State.View = view with { Status = DistributionStatuses.Live, ActivatedAt = now, UpdatedAt = now };
            await SaveAsync("distribution.activated", null);
            await broadcast.ChangedAsync(_project);
        }

        LogActivated(_id, State.Status);
        Work();
        return await DoneAsync();
    }

    public void Dispose() => _writing.Dispose();

    public Task<DistributionResult> PauseAsync() => PauseAsync(null);

    public async Task<DistributionResult> ResumeAsync()
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        if (DistributionRules.WhyNotResume(State) is { } refusal)
        {
            return Refuse(refusal);
        }

        if (State.Status == DistributionStatuses.Paused)
        {
            var view = State.View! with { StatusReason = null, UpdatedAt = clock.GetUtcNow() };
            if (State.StatusBeforePause is DistributionStatuses.Scheduled or DistributionStatuses.WaitingForSegment)
            {
                // The countdown starts again: whoever resumes has the whole time to look once more.
                await EnterCountdownAsync(view, "distribution.resumed");
            }
            else
            {
                State.View = view with { Status = State.StatusBeforePause ?? DistributionStatuses.Live };
                await SaveAsync("distribution.resumed", null);
                await broadcast.ChangedAsync(_project);
                WakeLanes();
            }

            Work();
        }

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

        if (State.Status != DistributionStatuses.Stopped)
        {
            State.SnapshotPending = false;
            State.View = State.View! with { Status = DistributionStatuses.Stopped, SendsAt = null, UpdatedAt = clock.GetUtcNow() };
            await SaveAsync("distribution.stopped", null);
            await broadcast.ChangedAsync(_project);
            Work();
        }

        return await DoneAsync();
    }

    public async Task<DistributionResult> DuplicateAsync(string newId, CommandContext context)
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        var name = State.View!.Draft.Name is { } original ? await FreeNameAsync(original) : null;
        return await GrainFactory.Distribution(_project, newId).CreateAsync(State.View.Draft with { Name = name }, context);
    }

    public async Task<DistributionResult> DeleteAsync()
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        if (DistributionRules.WhyNotDelete(State) is { } refusal)
        {
            return Refuse(refusal);
        }

        var last = await DoneAsync();
        State.Deleted = true;
        await SaveAsync("distribution.deleted", null);
        await broadcast.ChangedAsync(_project);
        Work();
        return last;
    }

    public Task<PreviewResult> PreviewAsync(string customerId) => trials.PreviewAsync(_project, State.Exists ? State.View : null, customerId);

    public Task<TestSendResult> TestAsync(TestSend test, CommandContext context) => trials.SendAsync(_project, State.Exists ? State.View : null, test, context);

    public async Task<AudienceEstimate?> EstimateAudienceAsync(CancellationToken cancellation) =>
        State.Exists ? await estimator.EstimateAsync(_project, State.View!.Draft, cancellation) : null;

    public async Task<int?> RetryFailedAsync(IReadOnlyList<string>? messageIds)
    {
        if (!State.Exists)
        {
            return null;
        }

        if (State.Status is DistributionStatuses.Stopped)
        {
            return 0;
        }

        List<long>? rows = null;
        if (messageIds is not null)
        {
            rows = [];
            foreach (var id in messageIds)
            {
                if (MessageIds.TryParse(id, out var distribution, out var number) && distribution == State.View!.Number)
                {
                    rows.Add(number);
                }
            }
        }

        const int atOnce = 5_000;
        var total = 0;
        int requeued;
        do
        {
            requeued = await queue.RequeueFailedAsync(State.View!.Number, rows, atOnce, clock.GetUtcNow());
            total += requeued;
        }
        while (requeued == atOnce && rows is null);

        if (total > 0)
        {
            if (State.Status == DistributionStatuses.Sent)
            {
                State.View = State.View with { Status = DistributionStatuses.Sending, UpdatedAt = clock.GetUtcNow() };
                await SaveAsync("distribution.retried", $"{total} messages");
                await broadcast.ChangedAsync(_project);
            }

            WakeLanes();
        }

        return total;
    }

    public Task CheckCompleteAsync()
    {
        if (State.View is not null)
        {
            Work();
        }

        return Task.CompletedTask;
    }

    public async Task ReportExhaustedAsync(string channelType, string reason)
    {
        if (State.Exists && State.Status is DistributionStatuses.Live or DistributionStatuses.Sending)
        {
            await PauseAsync($"{channelType} gave up: {reason}");
        }
    }

    public async Task RecoverAsync()
    {
        if (State.View is not null)
        {
            // The row may be older than the state if a crash came between the two.
            await distributions.SaveAsync(Row());
            Work();
        }
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (State.View is not null)
        {
            Work();
        }

        return Task.CompletedTask;
    }

    private async Task<DistributionResult> PauseAsync(string? reason)
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        if (DistributionRules.WhyNotPause(State) is { } refusal)
        {
            return Refuse(refusal);
        }

        if (State.Status != DistributionStatuses.Paused)
        {
            State.StatusBeforePause = State.Status;
            State.View = State.View! with { Status = DistributionStatuses.Paused, StatusReason = reason, SendsAt = null, UpdatedAt = clock.GetUtcNow() };
            await SaveAsync("distribution.paused", reason);
            await broadcast.ChangedAsync(_project);
            LogPaused(_id, reason ?? "on request");
        }

        return await DoneAsync();
    }

    private async Task EnterCountdownAsync(Distribution view, string logged)
    {
        State.View = view with { Status = DistributionStatuses.WaitingForSegment, SendsAt = null };
        if (await SegmentIsSyncedAsync())
        {
            await StartCountdownAsync(logged);
        }
        else
        {
            await this.RegisterOrUpdateReminder(CountdownReminder, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
            await SaveAsync(logged, "waiting for the segment");
            await broadcast.ChangedAsync(_project);
        }
    }

    private async Task StartCountdownAsync(string logged)
    {
        var delay = options.Value.ManualDelay;
        State.View = State.View! with { Status = DistributionStatuses.Scheduled, SendsAt = clock.GetUtcNow() + delay };

        // Reminder before state: a tick that finds nothing to do is harmless, a countdown that no tick ends is a lost send.
        await this.RegisterOrUpdateReminder(CountdownReminder, delay, TimeSpan.FromMinutes(1));
        await SaveAsync(logged, null);
        await broadcast.ChangedAsync(_project);
    }

    private async Task<bool> SegmentIsSyncedAsync()
    {
        if (State.View!.Draft.Audience?.SegmentId is not { } segment)
        {
            return true;
        }

        return (await catalogues.GetAsync(_project)).Segment(segment)?.Synced ?? true;
    }

    private async Task<string> FreeNameAsync(string name)
    {
        for (var copy = 1; ; copy++)
        {
            var candidate = copy == 1 ? $"{name} (copy)" : $"{name} (copy {copy})";
            if (await distributions.NameIsFreeAsync(_project, 0, candidate))
            {
                return candidate;
            }
        }
    }

    private async Task<DistributionResult?> WhyNotKeepAsync(DistributionDraft draft, int number)
    {
        var problems = DraftValidator.Limits(draft);
        if (problems.Count == 0 && draft.Name is not null && !await distributions.NameIsFreeAsync(_project, number, draft.Name))
        {
            problems = [new DraftProblem("name", "another distribution has this name")];
        }

        return problems.Count > 0 ? new DistributionResult.Invalid(problems) : null;
    }

    private static DistributionDraft Normalise(DistributionDraft draft) => draft is { Type: "manual", Trigger: null }
        ? draft with { Trigger = new TriggerDefinition { Type = TriggerCatalogue.Manual } }
        : draft;

    private DistributionResult.Refused Refuse(string message) => new(State.Status, message);

    private async Task<DistributionResult> DoneAsync() => new DistributionResult.Done(await ViewAsync());

    private async Task<Distribution> ViewAsync() =>
        State.View! with { Counts = DistributionRowMapping.Sum((await distributions.CountsAsync(State.View.Number)).Values) };

    private void WakeLanes()
    {
        for (var lane = 0; lane < routing.Lanes; lane++)
        {
            signals.Wake(_project, State.View!.Number, lane);
        }
    }

    // State first: it is the truth; the row follows and is written again by recovery if a crash comes between.
    private async Task SaveAsync(string? logged, string? detail)
    {
        await _writing.WaitAsync();
        try
        {
            await state.WriteStateAsync();
            await distributions.SaveAsync(Row());
            if (logged is not null)
            {
                await distributions.LogAsync(State.View!.Number, logged, clock.GetUtcNow(), detail);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private DistributionRow Row() => DistributionRowMapping.Row(_project, State.View!, State.Deleted);

    [LoggerMessage(LogLevel.Information, "Distribution {DistributionId} was activated and is {Status}")]
    private partial void LogActivated(string distributionId, string status);

    [LoggerMessage(LogLevel.Information, "Distribution {DistributionId} was paused: {Reason}")]
    private partial void LogPaused(string distributionId, string reason);
}
