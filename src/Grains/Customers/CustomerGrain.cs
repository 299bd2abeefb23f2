using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Customers.Facts;
using Marketing.Customers.Watching;
using Marketing.Observability;
using Marketing.Storage;

namespace Marketing.Customers;

[GrainType("customer"), CollectionAgeLimit(Minutes = 2)]
internal sealed class CustomerGrain(
    ICustomerStore store, IOperationStore operations, ICommitter committer, Catalogues catalogues, CustomerFolds folds, CustomerWatches watches, INumbers numbers,
    CreationTimes creations, TimeProvider clock)
    : Grain, ICustomerGrain
{
    // How much later than the first the last attempt of a call may come, with room.
    private static readonly TimeSpan LongestRepetition = TimeSpan.FromMinutes(10);

    private int _project;
    private string _id = "";
    private CustomerRow? _row;
    private bool _loaded;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _id) = GrainAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    // Decides on the profile as loaded and commits; when the profile or the catalogue changed meanwhile, decides again. A commit notices that
    // an import or a synchronisation changed the row behind this grain's back; to decide that there is nothing to do, the row must be read.
    public async Task<CustomerAnswer> RecordAsync(CustomerFact fact, CommandContext context)
    {
        var fold = folds.Of(fact);

        // Made again by a caller who does not know what became of it; or this is the first attempt, held up so long that the second overtook it.
        var mayBeDone = RepeatedCalls.IsCurrent;
        var isFresh = await LoadAsync(again: mayBeDone);
        while (true)
        {
            if (mayBeDone && await EntriesAsync(fold, context) is { Count: > 0 } done)
            {
                return new CustomerAnswer.Recorded(Current()!, [.. done.Select(Activity.ActivityIds.Format)]);
            }

            var work = await BeginAsync(fact, fold, context);
            var folded = work is null ? Folded.Refused(new CustomerAnswer.NotFound(_id)) : fold.Fold(fact, work);
            if (work is null || !folded.Commits || work.Problems.Count > 0)
            {
                if (!isFresh)
                {
                    isFresh = await LoadAsync(again: true);
                    continue;
                }

                if (folded.Refusal is null && work is { GivesMetadata: true } or { Problems.Count: > 0 } && await IsOutdatedAsync(work))
                {
                    continue;
                }

                return folded.Refusal ?? (work!.Problems.Count > 0 ? await RefuseAsync(fact, fold, work, context) : new CustomerAnswer.Recorded(work.Customer, []));
            }

            var commit = await work.CompleteAsync(numbers);
            IReadOnlyList<string> eventIds = [.. folded.Entries.Select(entry => Activity.ActivityIds.Format(work.NumberOf(entry)))];
            commit.Operation = context.IdempotencyKey is null ? null : context.Remember(fold.Remember(fact, eventIds), work.Now);
            commit.Import = context.Row;
            switch ((await CommitAsync(commit)).RefusedBy)
            {
                case null:
                    _row = work.Row;
                    watches.Committed(commit, _row);
                    return new CustomerAnswer.Recorded(work.Customer, eventIds);
                case Guard.Version { Table: CustomerWrite.Table }:
                    isFresh = await LoadAsync(again: true);
                    mayBeDone = true;
                    break;
                case Guard.Catalogue:
                    break;
                case var moved when work.IsFollowed(moved) && !fold.DecidesOn(moved):
                    break;
                case Guard.Operation:
                    return await DoneBeforeAsync(fact, fold, context);
                case var guard:
                    return fold.RefusedBy(fact, guard);
            }
        }
    }

    public async Task<bool> DeleteAsync(CommandContext context) => await RemoveAsync() is not null || RepeatedCalls.IsCurrent;

    public async Task<CustomerErasure?> EraseAsync(CommandContext context) =>
        await RemoveAsync() ?? (RepeatedCalls.IsCurrent ? new CustomerErasure(0, 0, 0, 0) : null);

    // Null where there is no customer and the fact makes none.
    private async ValueTask<CustomerWork?> BeginAsync(CustomerFact fact, CustomerFold fold, CommandContext context)
    {
        var catalogue = await catalogues.GetAsync(_project);
        var now = clock.GetStoredNow();
        var customer = _row is not null ? CustomerJson.Read(_row.Document)
            : fold.NewProfile(fact) is { } profile ? CustomerProfile.New(_id, profile, creations.Next(_project))
            : null;
        return customer is null
            ? null
            : new CustomerWork(_row, _row?.Number ?? await numbers.NextAsync(NumberSequence.Customers), customer, catalogue, watches, context, now, fold.NotBefore(fact));
    }

    private async ValueTask<IReadOnlyList<long>> EntriesAsync(CustomerFold fold, CommandContext context) =>
        _row is null || fold.EntryType is not { } type
            ? []
            : await store.EntriesOfRequestAsync(_row.Number, context.RequestId, type, clock.GetUtcNow() - LongestRepetition);

    // Whether the project's schemas may say something else by now. Where nothing is committed, no guard tells.
    private async Task<bool> IsOutdatedAsync(CustomerWork work) => (await catalogues.FreshAsync(_project)).Version > work.Catalogue.Version;

    // A request that was taken before is not refused because the schemas have changed. Of several events the caller tells those again that were not at fault, and that is known then.
    private async Task<CustomerAnswer> RefuseAsync(CustomerFact fact, CustomerFold fold, CustomerWork work, CommandContext context) =>
        fold.PartsOf(fact) == 1 && await operations.FindAsync(_project, context) is not null ? await DoneBeforeAsync(fact, fold, context)
        : new CustomerAnswer.Invalid(work.Problems);

    private async Task<CustomerAnswer> DoneBeforeAsync(CustomerFact fact, CustomerFold fold, CommandContext context)
    {
        await LoadAsync(again: true);
        return await operations.FindAsync(_project, context) is { IsOther: false } done ? fold.Recall(fact, done.Result, _id, Current()) : new CustomerAnswer.KeyReused();
    }

    private async Task<CustomerErasure?> RemoveAsync()
    {
        while (true)
        {
            await LoadAsync(again: true);
            if (_row is null)
            {
                return null;
            }

            var catalogue = await catalogues.GetAsync(_project);
            var connected = await store.CountConnectedAsync(_row.Number);
            var leaving = await watches.LeaveAsync(_row, catalogue);
            var removal = new Commit
            {
                Project = _project,
                CatalogueVersion = catalogue.Version,
                Removal = new CustomerRemoval(_row.Number, _row.Version, leaving.Segments),
            };
            if ((await committer.CommitAsync(removal)).IsDurable)
            {
                _row = null;
                return new CustomerErasure(connected.Activity, leaving.Memberships, connected.Orders, connected.OrderEvents);
            }
        }
    }

    private async Task<CommitOutcome> CommitAsync(Commit commit)
    {
        try
        {
            using var span = EngineTraces.StartCommit();
            var outcome = await committer.CommitAsync(commit);
            EngineTraces.End(span, outcome);
            return outcome;
        }
        catch (StorageUnavailableException)
        {
            // Nobody knows whether it was written: what is in memory is not to be trusted.
            _loaded = false;
            throw;
        }
    }

    /// <summary>Whether the row was read now.</summary>
    private async Task<bool> LoadAsync(bool again)
    {
        if (_loaded && !again)
        {
            return false;
        }

        _row = await store.LoadAsync(_project, _id);
        _loaded = true;
        return true;
    }

    private Customer? Current() => _row is null ? null : CustomerJson.Read(_row.Document);
}
