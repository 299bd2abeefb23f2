using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Customers.Watching;
using Marketing.Publications;
using Marketing.Segments;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>
/// Lets members earn by what happens to them, in the commit that says that it happened. A project without earning rules costs a look into memory; so does an event of a customer who has no card.
/// </summary>
internal sealed class LoyaltyWatch(MemberBooks books, ITableStore<EarningRow> earnings, ITableStore<VoucherRow> vouchers, ISegmentStore segments, INumbers numbers) : CustomerWatch
{
    public override ValueTask<bool> FollowAsync(CustomerWork work, int from)
    {
        for (var entry = from; entry < work.Raised.Count; entry++)
        {
            if (ConcernsMembers(work, entry))
            {
                return new ValueTask<bool>(new EarningVisit(work, books, earnings, vouchers, segments, numbers).FollowAsync(entry));
            }
        }

        return new ValueTask<bool>(false);
    }

    /// <summary>The rules that listen to what happened.</summary>
    public static EarningRuleEntry[] Listeners(CustomerWork work, int entry)
    {
        var happened = work.Raised[entry];
        return work.Catalogue.Section<LoyaltySection>().Listeners(happened.Type, happened.About is TierMoved ? null : happened.Selector);
    }

    /// <summary>The programme that a code was published of; null where it was something else.</summary>
    public static LoyaltyProgram? JoinedBy(CustomerWork work, int entry) =>
        work.Raised[entry] is { Type: TriggerCatalogue.Published, Selector: { } campaign, About: IReadOnlyList<GivenCode> } && work.Catalogue.Section<CampaignSection>().Find(campaign) is { } found
            ? LoyaltyProgram.Of(work.Catalogue, found)
            : null;

    private static bool ConcernsMembers(CustomerWork work, int entry) => Listeners(work, entry).Length > 0 || JoinedBy(work, entry) is not null;
}
