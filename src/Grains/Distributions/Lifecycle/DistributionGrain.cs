using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Customers;
using Marketing.Distributions.Lanes;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions;

[GrainType("distribution"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class DistributionGrain(
    [PersistentState("distribution")] IPersistentState<DistributionState> earlier, IDistributionStore distributions, IMessageQueue queue, ICommitter committer,
    IOperationStore operations, ICustomerStore customers, Catalogues catalogues, SavedContents saved, DraftValidator validator, DistributionTrials trials,
    AudienceEstimator estimator, Actions.ActionRegistry actions, Actions.SupplyForecast forecast, Triggers.EarlierCodes earlierCodes, LaneRouting routing, LaneSignals signals, IEnumerable<DistributionLogWatch> logWatches, INumbers numbers, IOptions<DistributionOptions> options, TimeProvider clock,
    ILogger<DistributionGrain> logger)
    : Grain, IDistributionGrain, IRemindable, IIncomingGrainCallFilter, IDisposable
{
    private const string CountdownReminder = "countdown";

    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _project;
    private string _id = "";
    private bool _working;
    private bool _again;
    private long _requeued;
    private IGrainTimer? _timer;
    private Task _step = Task.CompletedTask;

    public void Dispose()
    {
        _writing.Dispose();
        _leave?.Dispose();
    }

    public async Task<DistributionResult> CreateAsync(DistributionDraft draft, CommandContext context)
    {
        if (State.View is not null)
        {
            // One that is being deleted has its id until its messages are gone.
            return State.Fingerprint != context.Fingerprint ? new DistributionResult.KeyReused()
                : State.Exists ? await DoneAsync() : new DistributionResult.Deleted();
        }

        if (await DeletedObjects.FindAsync(operations, _project, _id, context) is { } made)
        {
            return made == context.Fingerprint ? new DistributionResult.Deleted() : new DistributionResult.KeyReused();
        }

        (draft, var missing) = await saved.TakeAsync(_project, draft, null);
        if ((missing.Count > 0 ? new DistributionResult.Invalid(missing) : await WhyNotKeepAsync(draft, 0)) is { } problems)
        {
            return problems;
        }

        State = new DistributionState
        {
            Fingerprint = context.Fingerprint,
            View = new Distribution
            {
                Id = _id,
                Number = (int)await numbers.NextAsync(NumberSequence.Distributions),
                Draft = Normalise(draft),
                Status = DistributionStatuses.Draft,
                CreatedAt = clock.GetUtcNow(),
            },
        };
        if (!await WriteAsync(State.View, "distribution.created", null))
        {
            State = new DistributionState();
            return NameTaken();
        }

        return await DoneAsync();
    }

    public async Task<Distribution?> FindAsync() => State.Exists ? await ViewAsync() : null;

    public async Task<DraftReview?> ValidateAsync() =>
        !State.Exists ? null
        : State.Unread is { } unread ? new DraftReview([new FieldProblem("distribution", $"what is stored is not understood: {unread.Reason}")], [])
        : await validator.ReviewAsync(_project, State.View!.Number, State.View.Draft);

    public async Task<DistributionResult> DuplicateAsync(string newId, CommandContext context)
    {
        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        if (WhyUnread() is { } unread)
        {
            return unread;
        }

        // Whichever of the two goes first must not take the other's segment along.
        var draft = await saved.OfCopyAsync(_project, State.View!.Draft);
        await AdoptSegmentsAsync(draft);
        while (true)
        {
            var name = draft.Name is null ? null : await FreeNameAsync(draft.Name);
            var copy = await GrainFactory.Distribution(_project, newId).CreateAsync(draft with { Name = name }, context);
            if (copy is not DistributionResult.Invalid || name is null || await distributions.NameIsFreeAsync(_project, 0, name))
            {
                return copy;
            }

            // Somebody else took it first; the caller did not choose it.
        }
    }

    public async Task<DistributionResult> DeleteAsync()
    {
        if (State is { View: not null, Deleted: true })
        {
            // An earlier call may have been cut short after it had written the row.
            await catalogues.ChangedAsync(_project);
            await DiscardSegmentsAsync();
            Work();
            return RepeatedCalls.IsCurrent ? new DistributionResult.Done(State.View) : new DistributionResult.NotFound();
        }

        if (!State.Exists)
        {
            return new DistributionResult.NotFound();
        }

        if (State.Unread is null && DistributionRules.WhyNotDelete(State) is { } refusal)
        {
            return Refuse(refusal);
        }

        var last = await DoneAsync();
        await DeletedObjects.NoteAsync(committer, _project, _id, State.Fingerprint, clock.GetUtcNow());
        State.Deleted = true;
        await SaveAsync("distribution.deleted", null);
        await catalogues.ChangedAsync(_project);
        await DiscardSegmentsAsync();
        if (State.Unread is not null)
        {
            // Nobody could stop it before.
            await HoldLanesAsync();
        }

        Work();
        return last;
    }

    public Task CheckCompleteAsync()
    {
        if (State.View is not null)
        {
            Work();
        }

        return Task.CompletedTask;
    }

    public async Task RecoverAsync()
    {
        if (State.View is not null)
        {
            await ReadAgainAsync();
            Work();
        }
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (State.View is null || State.Status is DistributionStatuses.Draft or DistributionStatuses.Stopped or DistributionStatuses.Sent)
        {
            await EndReminderAsync();
        }

        if (State.View is not null)
        {
            Work();
        }
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
            problems = [DraftValidator.NameTaken];
        }

        return problems.Count > 0 ? new DistributionResult.Invalid(problems) : null;
    }

    private static DistributionResult.Invalid NameTaken() => new([DraftValidator.NameTaken]);

    private DistributionResult.Refused Refuse(string message) => new(State.Status, message);

    private async Task<DistributionResult> DoneAsync() => new DistributionResult.Done(await ViewAsync());

    private async Task<Distribution> ViewAsync()
    {
        var reason = State.View!.StatusReason ?? await WhyItWaitsAsync();
        var view = State.View with { StatusReason = reason, Counts = DistributionRowMapping.Sum((await distributions.CountsAsync(State.View.Number)).Values) };
        return view with { Warning = await forecast.WarningAsync(_project, view) };
    }
}
