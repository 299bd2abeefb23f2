using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Customers.Facts;
using Marketing.Storage;

namespace Marketing.Referrals;

/// <summary>A customer becomes a referee, or is one no more, in the commit that says so to whoever listens.</summary>
internal sealed class RefereeFold : CustomerFold<RefereeChanged>
{
    public override CustomerAnswer Recall(CustomerFact fact, byte[]? kept, string customerId, Customer? present) => new CustomerAnswer.KeyKnown();

    public override bool DecidesOn(Guard guard) => true;

    protected override CustomerPatch? NewProfile(RefereeChanged fact) => fact.Referral.IsAssigned ? fact.Customer : null;

    protected override Folded Fold(RefereeChanged fact, CustomerWork work)
    {
        // Who is brought by themselves is no referee; the holder of a code never changes.
        if (fact.Referral.Referrer == work.Number)
        {
            return Folded.Refused(new CustomerAnswer.Taken(ReferralTable.Referrals.Name, ReferralTable.Assigned.Name, ReferralRow.AssignmentOf(fact.Referral.Voucher, work.Number)));
        }

        work.Apply(fact.Customer, "holders.");
        var referral = fact.Referral with { Customer = work.Number };
        work.Commit.Rows.Add(ReferralTable.Referrals.Save(referral));
        return Folded.Changed(work.Raise(referral.IsAssigned ? ReferralJson.Assigned : ReferralJson.Unassigned, fact.Code.Campaign, fact.Code.Data.Utf8.ToArray()));
    }
}

/// <summary>What is owed because of a referral is settled in the commit in which it becomes true for its customer; whoever comes late finds nothing to settle.</summary>
internal sealed class DebtFold : CustomerFold<DebtSettled>
{
    public override bool DecidesOn(Guard guard) => true;

    public override CustomerAnswer RefusedBy(CustomerFact fact, Guard guard) => new CustomerAnswer.Superseded();

    protected override CustomerPatch? NewProfile(DebtSettled fact) => null;

    protected override Folded Fold(DebtSettled fact, CustomerWork work)
    {
        work.Commit.Rows.Add(DebtTable.Debts.Delete(fact.Debt));
        foreach (var reward in fact.Owed)
        {
            work.Commit.Rows.Add(DebtTable.Debts.Save(reward));
        }

        if (fact.Referrer is { } referrer)
        {
            work.Commit.Rows.Add(ReferrerTable.Referrers.Save(referrer));
            var loyalty = work.Customer.Loyalty;
            loyalty.ReferredCustomers++;
            if (fact.Campaign is { } campaign)
            {
                if (!loyalty.Campaigns.TryGetValue(campaign, out var known))
                {
                    loyalty.Campaigns[campaign] = known = new CampaignLoyalty();
                }

                known.ReferredCustomers++;
            }
        }

        return fact.Rewarded is { } rewarded ? Folded.Changed(work.Raise(TriggerCatalogue.Rewarded, fact.CampaignId, rewarded.Utf8.ToArray())) : Folded.Changed();
    }
}
