using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Customers.Watching;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Referrals;

/// <summary>
/// Makes referrals of what happens to customers, in the commit that says that it happened. What is not redeemed in a referral programme costs a look into memory, an event that names no referral code nothing.
/// </summary>
internal sealed class ReferralWatch(ITableStore<ReferralRow> referrals, VoucherReads vouchers, INumbers numbers, IGrainFactory grains) : CustomerWatch
{
    public override async ValueTask<bool> FollowAsync(CustomerWork work, int from)
    {
        var isDifferent = false;

        // Not what is raised by it.
        for (var (entry, end) = (from, work.Raised.Count); entry < end; entry++)
        {
            if (Happening(work, entry) is { } happening && await new ReferralConversion(work, happening, referrals, vouchers, numbers).MakeAsync())
            {
                isDifferent = true;
            }
        }

        return isDifferent;
    }

    public override void Committed(Commit commit, CustomerRow? row)
    {
        foreach (var write in commit.Rows)
        {
            if (write is { Deletes: false, Row: DebtRow debt } && write.Table == DebtTable.Debts)
            {
                grains.ReferralDebts(commit.Project, debt.Customer).SettleAsync().Ignore();
            }
        }
    }

    // What may be a referral; null for all else.
    private static ReferralHappening? Happening(CustomerWork work, int entry)
    {
        var happened = work.Raised[entry];
        return happened.Type switch
        {
            TriggerCatalogue.Redeemed when happened.Selector is { } id && work.Catalogue.Section<CampaignSection>().Find(id) is { IsReferral: true } campaign
                && ReferralProgram.Of(campaign) is { ConvertsBy: ReferralProgram.ByRedemption } => ReferralHappening.OfRedemption(happened),
            TriggerCatalogue.CustomEvent when happened.About is RawJson given => ReferralHappening.OfEvent(happened, given),
            _ => null,
        };
    }
}
