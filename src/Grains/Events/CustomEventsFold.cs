using System.Text.Json;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Customers.Facts;
using Marketing.MetadataSchemas;
using Marketing.Storage;

namespace Marketing.Events;

/// <summary>Custom events are counted in the profile, and each is an event of the customer's.</summary>
internal sealed class CustomEventsFold : CustomerFold<CustomEventsHappened>
{
    public override string EntryType => TriggerCatalogue.CustomEvent;

    public override int PartsOf(CustomerFact fact) => ((CustomEventsHappened)fact).Events.Count;

    public override byte[] Remember(CustomerFact fact, IReadOnlyList<string> eventIds) => JsonSerializer.SerializeToUtf8Bytes(eventIds);

    public override CustomerAnswer Recall(CustomerFact fact, byte[]? kept, string customerId, Customer? present) =>
        present is null && ((CustomEventsHappened)fact).SupposedSourceId is not null ? new CustomerAnswer.OtherCustomer() : base.Recall(fact, kept, customerId, present);

    public override CustomerAnswer RefusedBy(CustomerFact fact, Guard guard) =>
        guard is Guard.Unique && ((CustomEventsHappened)fact).SupposedSourceId is not null ? new CustomerAnswer.OtherCustomer() : base.RefusedBy(fact, guard);

    protected override CustomerPatch? NewProfile(CustomEventsHappened fact) => fact.MustExist ? null : fact.Events[0].Customer;

    protected override Folded Fold(CustomEventsHappened fact, CustomerWork work)
    {
        if (fact.SupposedSourceId is { } supposed && !IsMeant(supposed, work))
        {
            return Folded.Refused(new CustomerAnswer.OtherCustomer());
        }

        var entries = new int[fact.Events.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var given = fact.Events[i];
            work.Apply(given.Customer, part: i);
            work.Refuse(i, work.Catalogue.MetadataSchemas.ProblemsOfEvent(given.Name, given.Metadata));
            CustomerProfile.CountEvent(work.Customer, given.Name, work.Now);
            entries[i] = work.Raise(TriggerCatalogue.CustomEvent, given.Name, CustomEventShape.DataOf(given, work.Now), given.Referral);
        }

        // Nobody is refused for what a new customer lacks who may be somebody else, and there.
        return fact.SupposedSourceId is not null && work is { IsNew: true, Problems.Count: > 0 } ? Folded.Refused(new CustomerAnswer.OtherCustomer()) : Folded.Changed(entries);
    }

    // An id that was the customer's once is not given to anybody again by a caller who has not heard of the deletion.
    private static bool IsMeant(string sourceId, CustomerWork work) =>
        work.IsNew ? work.Customer.Id == ObjectIds.FromSource("cust_", work.Project, sourceId) : work.Customer.SourceId == sourceId;
}
