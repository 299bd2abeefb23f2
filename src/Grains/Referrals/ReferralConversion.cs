using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.MetadataSchemas;
using Marketing.Projects;
using Marketing.Storage;
using Marketing.Validity;
using Marketing.Vouchers;

namespace Marketing.Referrals;

/// <summary>
/// A customer becomes a referee: the referral, what the profile says of it, the event, and what is owed to both sides, all in the commit of what made it. That it is once is a unique value of the referral's row.
/// </summary>
internal sealed class ReferralConversion(CustomerWork work, ReferralHappening happening, ITableStore<ReferralRow> referrals, VoucherReads vouchers, INumbers numbers)
{
    /// <summary>Says whether there was one.</summary>
    public async Task<bool> MakeAsync()
    {
        if (await vouchers.FindRowAsync(work.Catalogue, happening.Code) is not { } row || work.Catalogue.Section<CampaignSection>().Find(row.Campaign) is not { IsReferral: true } campaign
            || ReferralProgram.Of(campaign) is not { } program || !happening.Converts(program, work.Catalogue.MetadataSchemas.EventOf))
        {
            return false;
        }

        var code = await vouchers.ViewAsync(work.Catalogue, row);
        if (code.Person is not { } referrer || referrer.Number == work.Number || !IsMeant(referrer) || !IsOpen(code, campaign))
        {
            return false;
        }

        var converted = ReferralRow.ConversionOf(campaign.Number, work.Number);
        if (IsInCommit(converted) || await referrals.FindAsync(work.Project, ReferralTable.Converted, converted) is not null)
        {
            return false;
        }

        var now = work.Now.AsStored();
        var assigned = await referrals.FindAsync(work.Project, ReferralTable.Assigned, ReferralRow.AssignmentOf(row.Number, work.Number));
        var referral = assigned ?? await NewAsync(code, campaign, referrer.Number);
        referral = referral with { ConvertedAt = now };

        // Whoever was referred in this moment by something else is seen when it is decided again.
        work.Follow(ReferralTable.Referrals.Name);
        work.Commit.Rows.Add(ReferralTable.Referrals.Save(referral));
        work.Commit.Tallies.Add(new Tally(CampaignFigures.Key(campaign.Number, CampaignFigures.Referred), 1));
        work.Customer.Referrals.Total++;
        var redemption = ReferralProgram.Text(happening.Redemption, "id");
        work.Customer.Referrals.Campaigns.Add(new CustomerReferral
        {
            CampaignId = campaign.Id,
            ReferrerId = referrer.Id,
            RelatedObjectId = redemption ?? referral.Id,
            RelatedObjectType = redemption is null ? ReferralJson.HolderObject : "redemption",
            Date = now,
        });
        await OweAsync(referral, program, now);
        if (assigned is null)
        {
            work.Raise(ReferralJson.Assigned, campaign.Id, ReferralJson.AssignmentData(referral, code, work.Customer.Id));
        }

        work.Raise(TriggerCatalogue.Referred, campaign.Id, ReferralJson.ReferredData(code, referrer, happening));
        return true;
    }

    private async ValueTask<ReferralRow> NewAsync(VoucherView code, CampaignEntry campaign, long referrer)
    {
        var number = await numbers.NextAsync(ReferralTable.Referrals.Numbers);
        return new ReferralRow(number, ReferralJson.IdOf(number), 0, code.Row.Number, campaign.Number, work.Number, referrer, IsAssigned: true, null, RawJson.EmptyObject, work.Now.AsStored());
    }

    private async Task OweAsync(ReferralRow referral, ReferralProgram program, DateTimeOffset now)
    {
        await OweAsync(referral.Referrer, "referral", new DebtDocument(referral.Voucher, null, null, 0), referral, now);
        if (program.Referee is { } reward)
        {
            await OweAsync(referral.Customer, "referee", new DebtDocument(referral.Voucher, reward, null, 0), referral, now);
        }
    }

    private async Task OweAsync(long customer, string what, DebtDocument document, ReferralRow referral, DateTimeOffset now) => work.Commit.Rows.Add(DebtTable.Debts.Save(new DebtRow(
        await numbers.NextAsync(DebtTable.Debts.Numbers), DebtRow.IdOf(customer, $"{what}/{referral.Number}"), 0, customer, referral.Campaign, now, document.Write(), now)));

    private bool IsInCommit(string converted) => work.Commit.Rows.Any(write => write is { Deletes: false, Row: ReferralRow { ConvertedAt: not null } row } && ReferralRow.ConversionOf(row.Campaign, row.Customer) == converted);

    // One that an event names has to be the one who holds the code.
    private bool IsMeant(CustomerRow referrer) => happening.Referrer is not { } named || named == referrer.Id || named == CustomerJson.Read(referrer.Document).SourceId;

    // A redemption was taken under its own conditions.
    private bool IsOpen(VoucherView code, CampaignEntry campaign) => happening.EventName is null
        || (code.Row.IsActive && campaign.Row.IsActive && code.Validity.At(work.Now, work.Catalogue.Section<ProjectSection>().Calendar) == ValidityState.Holds);
}
