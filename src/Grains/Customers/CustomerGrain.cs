using System.Text.Json;
using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Distributions;
using Marketing.Events;
using Marketing.Observability;
using Marketing.Orders;
using Marketing.Segments;
using Marketing.Storage;

namespace Marketing.Customers;

[GrainType("customer"), CollectionAgeLimit(Minutes = 2)]
internal sealed class CustomerGrain(
    ICustomerStore store, ISegmentStore segments, ICommitter committer, Catalogues catalogues, INumbers numbers, LaneRouting routing, LaneSignals signals,
    TimeProvider clock)
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

    public async Task<CustomerResult> SaveAsync(CustomerPatch patch, bool mustExist, CommandContext context)
    {
        Customer? saved = null;
        var outcome = await CommitAsync(context, context.IdempotencyKey, resultOfOperation: null, work =>
        {
            saved = null;
            if (work is null)
            {
                return Decision.Nothing;
            }

            var changed = CustomerProfile.Apply(work.Customer, patch);
            saved = work.Customer;
            if (work.IsNew)
            {
                work.Raise("customer.created", null, ActivityData.Empty);
            }
            else if (changed)
            {
                work.Customer.UpdatedAt = work.Now;
                work.Raise("customer.updated", null, ActivityData.Empty);
            }

            return changed || work.IsNew || context.IdempotencyKey is not null ? Decision.Commit : Decision.Nothing;
        }, create: mustExist ? null : now => CustomerProfile.New(_id, patch, now));

        return outcome switch
        {
            CommitOutcome.SourceIdTaken => new CustomerResult.DuplicateSourceId(patch.SourceId!),
            CommitOutcome.DuplicateOperation => await WasSameAsync(context) is { } ? new CustomerResult.Saved(Current()!) : new CustomerResult.KeyReused(),
            _ when saved is null => new CustomerResult.NotFound(),
            _ => new CustomerResult.Saved(saved),
        };
    }

    public async Task<RecordResult> RecordAsync(IReadOnlyList<CustomEventCommand> events, CommandContext context)
    {
        Customer? recorded = null;
        IReadOnlyList<long> done = [];
        async Task<bool> WasDoneAsync(CustomerRow row)
        {
            done = await store.EntriesOfRequestAsync(row.Number, context.RequestId, TriggerCatalogue.CustomEvent, clock.GetUtcNow() - LongestRepetition);
            return done.Count > 0;
        }

        var ids = new string[events.Count];
        var operationResult = new Func<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(ids));
        var outcome = await CommitAsync(context, context.IdempotencyKey, operationResult, work =>
        {
            if (work!.IsNew)
            {
                work.Raise("customer.created", null, ActivityData.Empty);
            }

            for (var i = 0; i < events.Count; i++)
            {
                var given = events[i];
                if (CustomerProfile.Apply(work.Customer, given.Customer) && !work.IsNew)
                {
                    work.Customer.UpdatedAt = work.Now;
                    work.Raise("customer.updated", null, ActivityData.Empty);
                }

                CustomerProfile.CountEvent(work.Customer, given.Name, work.Now);
                var number = work.Raise(
                    TriggerCatalogue.CustomEvent, given.Name, ActivityData.CustomEvent(given.Name, given.Metadata, given.Referral, given.Loyalty, work.Now));
                ids[i] = ActivityIds.Format(number);
            }

            recorded = work.Customer;
            return Decision.Commit;
        }, create: now => CustomerProfile.New(_id, events[0].Customer, now), WasDoneAsync);

        switch (outcome)
        {
            case CommitOutcome.SourceIdTaken:
                return new RecordResult.DuplicateSourceId(events.Select(given => given.Customer.SourceId).First(source => source is not null)!);
            case CommitOutcome.DuplicateOperation when done.Count > 0:
                return new RecordResult.Recorded([.. done.Select(ActivityIds.Format)], Current()!);
            case CommitOutcome.DuplicateOperation:
                return await WasSameAsync(context) is { } same
                    ? new RecordResult.Recorded(JsonSerializer.Deserialize<string[]>(same.Result!)!, Current()!)
                    : new RecordResult.KeyReused();
            default:
                return new RecordResult.Recorded(ids, recorded!);
        }
    }

    public async Task<OrderResult> RecordOrderAsync(OrderChange change, CommandContext context)
    {
        // The order's version is a guard of its own: when it moved on, the order grain has to compute the change again.
        var orderMovedOn = false;
        long? attempted = null;
        var outcome = await CommitAsync(context, context.IdempotencyKey, () => change.Document.Utf8.ToArray(), work =>
        {
            var version = _row?.Version ?? 0;
            orderMovedOn = attempted == version;
            if (orderMovedOn)
            {
                return Decision.Nothing;
            }

            attempted = version;
            if (work!.IsNew)
            {
                work.Raise("customer.created", null, ActivityData.Empty);
            }

            if (CustomerProfile.Apply(work.Customer, change.Customer) && !work.IsNew)
            {
                work.Customer.UpdatedAt = work.Now;
                work.Raise("customer.updated", null, ActivityData.Empty);
            }

            OrderRules.Fold(work.Customer.Summary.Orders, change.Before, change.After);
            work.Commit.Order = OrderRules.Write(change, work.Number, _id);
            var data = ActivityData.Order(change.Document);
            foreach (var type in change.Events)
            {
                work.Raise(type, null, data);
            }

            return Decision.Commit;
        }, create: now => CustomerProfile.New(_id, change.Customer, now));

        return outcome switch
        {
            CommitOutcome.SourceIdTaken when change.Customer.SourceId is { } source && change.After.SourceId is null => new OrderResult.DuplicateSourceId(source),
            CommitOutcome.SourceIdTaken => new OrderResult.DuplicateSourceId(change.After.SourceId ?? change.Customer.SourceId ?? ""),
            CommitOutcome.DuplicateOperation => await WasSameAsync(context) is { } done ? new OrderResult.Saved(new RawJson(done.Result!)) : new OrderResult.KeyReused(),
            _ when orderMovedOn => new OrderResult.Superseded(),
            _ => new OrderResult.Saved(change.Document),
        };
    }

    public Task ReviewAsync() =>
        CommitAsync(
            new CommandContext { RequestId = RequestIds.New() }, null, null,
            work => work is not null && _row!.ReviewAt <= work.Now ? Decision.Commit : Decision.Nothing, create: null);

    public async Task<bool> DeleteAsync(CommandContext context) => await RemoveAsync() is not null || RepeatedCalls.IsCurrent;

    public async Task<CustomerErasure?> EraseAsync(CommandContext context) =>
        await RemoveAsync() ?? (RepeatedCalls.IsCurrent ? new CustomerErasure(0, 0, 0) : null);

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
            var memberships = await SegmentMembership.OfAsync(_row, catalogue, segments);
            var removal = new Commit { Project = _project, CatalogueVersion = catalogue.Version, Removal = new CustomerRemoval(_row.Number, _row.Version, [.. catalogue.Segments.Select(segment => segment.Number)]) };
            if (await committer.CommitAsync(removal) == CommitOutcome.Durable)
            {
                _row = null;
                return new CustomerErasure(connected.Activity, memberships.Count, connected.Orders);
            }
        }
    }

    // Decides on the profile as loaded and commits; when the profile or the catalogue changed meanwhile, decides again. A commit notices that
    // an import or a synchronisation changed the row behind this grain's back; to decide that there is nothing to do, the row must be read.
    private async Task<CommitOutcome> CommitAsync(
        CommandContext context, string? operation, Func<byte[]>? resultOfOperation, Func<CustomerWork?, Decision> decide, Func<DateTimeOffset, Customer>? create,
        Func<CustomerRow, Task<bool>>? wasDone = null)
    {
        // Made again by a caller who does not know what became of it; or this is the first attempt, held up so long that the second overtook it.
        var mayBeDone = RepeatedCalls.IsCurrent;
        var isFresh = await LoadAsync(again: mayBeDone);
        while (true)
        {
            if (mayBeDone && _row is not null && wasDone is not null && await wasDone(_row))
            {
                return CommitOutcome.DuplicateOperation;
            }

            var catalogue = await catalogues.GetAsync(_project);
            var now = clock.GetUtcNow();
            var customer = _row is null ? create?.Invoke(now) : CustomerJson.Read(_row.Document);
            var work = customer is null ? null : new CustomerWork(_row, customer, catalogue, numbers, routing, context, now);
            if (decide(work) == Decision.Nothing || work is null)
            {
                if (isFresh)
                {
                    return CommitOutcome.Durable;
                }

                isFresh = await LoadAsync(again: true);
                continue;
            }

            var commit = work.Complete();
            if (operation is not null)
            {
                commit.Operation = new OperationWrite(operation, context.Fingerprint ?? "", resultOfOperation?.Invoke(), now);
            }

            var outcome = await TryCommitAsync(commit);
            switch (outcome)
            {
                case CommitOutcome.Durable:
                    _row = work.Row;
                    signals.Wake(_project, commit.Messages);
                    return outcome;
                case CommitOutcome.Conflict:
                    isFresh = await LoadAsync(again: true);
                    mayBeDone = true;
                    break;
                case CommitOutcome.StaleCatalogue:
                    break;
                default:
                    return outcome;
            }
        }
    }

    private async Task<CommitOutcome> TryCommitAsync(Commit commit)
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

    private async Task<OperationWrite?> WasSameAsync(CommandContext context)
    {
        await LoadAsync(again: true);
        var done = await store.FindOperationAsync(_project, context.IdempotencyKey!);
        return done?.Fingerprint == (context.Fingerprint ?? "") ? done : null;
    }

    private enum Decision
    {
        Nothing,
        Commit,
    }
}
