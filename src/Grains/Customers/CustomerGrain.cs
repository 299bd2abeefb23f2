using System.Text.Json;
using Marketing.Activity;
using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Distributions;
using Marketing.Events;
using Marketing.Orders;
using Marketing.Segments;
using Marketing.Storage;

namespace Marketing.Customers;

[GrainType("customer"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class CustomerGrain(
    ICustomerStore store, ISegmentStore segments, ICommitter committer, Catalogues catalogues, INumbers numbers, LaneRouting routing, LaneSignals signals,
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

    public Task<CustomerResult> SaveAsync(CustomerPatch patch, bool mustExist, CommandContext context) => SaveAsync(patch, mustExist, mustBeNew: false, context);

    public Task<CustomerResult> CreateAsync(CustomerPatch patch, CommandContext context) => SaveAsync(patch, mustExist: false, mustBeNew: true, context);

    private async Task<CustomerResult> SaveAsync(CustomerPatch patch, bool mustExist, bool mustBeNew, CommandContext context)
    {
        Customer? saved = null;
        Customer? known = null;
        var outcome = await CommitAsync(context, context.IdempotencyKey, resultOfOperation: null, work =>
        {
            (saved, known) = (null, null);
            if (work is null)
            {
                return Decision.Nothing;
            }

            if (mustBeNew && !work.IsNew)
            {
                known = work.Customer;
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
        }, create: mustExist ? null : at => CustomerProfile.New(_id, patch, at));

        return outcome switch
        {
            CommitOutcome.CustomerSourceIdTaken => new CustomerResult.DuplicateSourceId(patch.SourceId!),
            CommitOutcome.DuplicateOperation when await WasSameAsync(context) is null => new CustomerResult.KeyReused(),
            CommitOutcome.DuplicateOperation => Current() is { } present ? new CustomerResult.Saved(present) : new CustomerResult.Deleted(),
            _ when known is not null => new CustomerResult.Existed(known.Id, known.SourceId),
            _ when saved is null => new CustomerResult.NotFound(),
            _ => new CustomerResult.Saved(saved),
        };
    }

    public Task<RecordResult> RecordAsync(IReadOnlyList<CustomEventCommand> events, CommandContext context) => RecordAsync(events, context, supposed: null);

    public Task<RecordResult> RecordExistingAsync(IReadOnlyList<CustomEventCommand> events, CommandContext context) =>
        RecordAsync(events, context, supposed: null, mustExist: true);

    public Task<RecordResult> RecordBySourceAsync(string sourceId, IReadOnlyList<CustomEventCommand> events, CommandContext context) =>
        RecordAsync(events, context, sourceId);

    private async Task<RecordResult> RecordAsync(IReadOnlyList<CustomEventCommand> events, CommandContext context, string? supposed, bool mustExist = false)
    {
        CustomerWork? decided = null;
        var isOther = false;
        IReadOnlyList<long> done = [];
        async Task<bool> WasDoneAsync(CustomerRow row)
        {
            done = await store.EntriesOfRequestAsync(row.Number, context.RequestId, TriggerCatalogue.CustomEvent, clock.GetUtcNow() - LongestRepetition);
            return done.Count > 0;
        }

        var entries = new int[events.Count];
        string[] IdsOf(CustomerWork work) => [.. entries.Select(entry => ActivityIds.Format(work.NumberOf(entry)))];
        var outcome = await CommitAsync(context, context.IdempotencyKey, work => JsonSerializer.SerializeToUtf8Bytes(IdsOf(work)), work =>
        {
            decided = null;
            if (work is null)
            {
                return Decision.Nothing;
            }

            // An id that was the customer's once is not given to anybody again by a caller who has not heard of the deletion.
            isOther = supposed is not null && (work.IsNew ? _id != ObjectIds.FromSource("cust_", _project, supposed) : work.Customer.SourceId != supposed);
            if (isOther)
            {
                return Decision.Nothing;
            }

            if (work.IsNew)
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
                entries[i] = work.Raise(
                    TriggerCatalogue.CustomEvent, given.Name, ActivityData.CustomEvent(given.Name, given.Metadata, given.Referral, given.Loyalty, work.Now));
            }

            decided = work;
            return Decision.Commit;
        }, create: mustExist ? null : at => CustomerProfile.New(_id, events[0].Customer, at), WasDoneAsync);

        switch (outcome)
        {
            case CommitOutcome.CustomerSourceIdTaken when supposed is not null:
                return new RecordResult.OtherCustomer();
            case CommitOutcome.CustomerSourceIdTaken:
                return new RecordResult.DuplicateSourceId(events.Select(given => given.Customer.SourceId).First(source => source is not null)!);
            case CommitOutcome.DuplicateOperation when done.Count > 0:
                return new RecordResult.Recorded([.. done.Select(ActivityIds.Format)], Current()!);
            case CommitOutcome.DuplicateOperation:
                var same = await WasSameAsync(context);
                if (same is not null && _row is null && supposed is not null)
                {
                    return new RecordResult.OtherCustomer();
                }

                return same is null ? new RecordResult.KeyReused()
                    : Current() is { } present ? new RecordResult.Recorded(JsonSerializer.Deserialize<string[]>(same.Result!)!, present)
                    : new RecordResult.CustomerDeleted(_id);
            default:
                return isOther ? new RecordResult.OtherCustomer()
                    : decided is null ? new RecordResult.NotFound(_id)
                    : new RecordResult.Recorded(IdsOf(decided), decided.Customer);
        }
    }

    public async Task<OrderResult> RecordOrderAsync(OrderChange change, CommandContext context)
    {
        // The order's version is a guard of its own: when it moved on, the order grain has to compute the change again.
        var orderMovedOn = false;
        long? attempted = null;
        var outcome = await CommitAsync(context, context.IdempotencyKey, _ => RecordedOrder.Write(change.OrderId), work =>
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
        }, create: at => CustomerProfile.New(_id, change.Customer, at));

        return outcome switch
        {
            CommitOutcome.CustomerSourceIdTaken => new OrderResult.DuplicateCustomerSourceId(change.Customer.SourceId!),
            CommitOutcome.OrderSourceIdTaken => new OrderResult.DuplicateSourceId(change.After.SourceId!),
            CommitOutcome.DuplicateOperation => new OrderResult.KeyKnown(),
            _ when orderMovedOn => new OrderResult.Superseded(),
            _ => new OrderResult.Saved(change.Document),
        };
    }

    public Task ReviewAsync(DateTimeOffset now) =>
        CommitAsync(
            new CommandContext { RequestId = RequestIds.New() }, null, null,
            work => work is not null && _row!.ReviewAt <= work.LookedAt ? Decision.Commit : Decision.Nothing, create: null, notBefore: now);

    public async Task<bool> DeleteAsync(CommandContext context) => await RemoveAsync() is not null || RepeatedCalls.IsCurrent;

    public async Task<CustomerErasure?> EraseAsync(CommandContext context) =>
        await RemoveAsync() ?? (RepeatedCalls.IsCurrent ? new CustomerErasure(0, 0, 0, 0) : null);

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
                return new CustomerErasure(connected.Activity, memberships.Count, connected.Orders, connected.OrderEvents);
            }
        }
    }
}
