using System.Globalization;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Referrals;

/// <summary>One after the other, so that a referrer's referrals do not get into each other's way. That nothing is given twice is a matter of what is written, not of this grain.</summary>
[GrainType("referral-debts"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class ReferralDebtsGrain(
    ITableStore<DebtRow> debts, ITableStore<ReferrerRow> referrers, ICustomerStore customers, ReferralRewards rewards, ICommitter committer, Catalogues catalogues, INumbers numbers, TimeProvider clock,
    ILogger<ReferralDebtsGrain> logger)
    : Grain, IReferralDebtsGrain
{
    private const int AtOnce = 200;

    private int _project;
    private long _customer;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, var customer) = GrainAddresses.Split(this.GetPrimaryKeyString());
        _customer = long.Parse(customer, CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    public async Task SettleAsync()
    {
        while (await DueAsync() is { Count: > 0 } due)
        {
            foreach (var debt in due)
            {
                try
                {
                    await SettleAsync(debt);
                }
                catch (Exception failure) when (failure is not StorageUnavailableException)
                {
                    // One that cannot be settled holds up no other.
                    LogFailing(failure, debt.Id, _project);
                    await PutOffAsync(debt, hasFailed: false);
                }
            }
        }
    }

    // Behind those that wait there may be others.
    private async Task<IReadOnlyList<DebtRow>> DueAsync()
    {
        for (var page = 1; ; page++)
        {
            var some = await debts.ListAsync(_project, new TableQuery("created_at", AtOnce, page) { Within = (DebtTable.Customer, _customer) }, CancellationToken.None);
            if (some.Items.Where(debt => debt.OwedSince <= clock.GetUtcNow()).ToList() is { Count: > 0 } due)
            {
                return due;
            }

            if (some.Items.Count < AtOnce)
            {
                return [];
            }
        }
    }

    private async Task SettleAsync(DebtRow debt)
    {
        if (await customers.LoadManyAsync(_project, [_customer]) is not [var person])
        {
            await CommitAsync(DebtTable.Debts.Delete(debt));
            return;
        }

        var catalogue = await catalogues.GetAsync(_project);
        var document = debt.Read();
        var (fact, hasFailed) = document.Reward is { } reward ? await GiveAsync(catalogue, debt, document, reward, person) : (await CountAsync(catalogue, debt, document), false);
        if (fact is null)
        {
            await PutOffAsync(debt, hasFailed);
            return;
        }

        // Superseded: somebody else settled it in this moment, or counted another referral.
        if (await GrainFactory.Customer(_project, person.Id).RecordAsync(fact, new CommandContext { RequestId = RequestIds.New() }) is CustomerAnswer.NotFound)
        {
            await CommitAsync(DebtTable.Debts.Delete(debt));
        }
    }

    private async Task<DebtSettled> CountAsync(CatalogueSnapshot catalogue, DebtRow debt, DebtDocument document)
    {
        var campaign = catalogue.Section<CampaignSection>().Find(debt.Campaign);
        var id = ReferrerRow.IdOf(debt.Campaign, _customer);
        var now = clock.GetStoredNow();
        var referrer = await referrers.FindAsync(_project, id) ?? new ReferrerRow(await numbers.NextAsync(ReferrerTable.Referrers.Numbers), id, 0, _customer, 0, now);
        referrer = referrer with { Referred = referrer.Referred + 1 };
        var owed = new List<DebtRow>();
        foreach (var tier in ReferralProgram.Of(campaign)?.Tiers ?? [])
        {
            if (tier.IsReachedBy(referrer.Referred))
            {
                owed.Add(new DebtRow(
                    await numbers.NextAsync(DebtTable.Debts.Numbers), DebtRow.IdOf(_customer, $"{debt.Campaign}/{tier.Name.Id}/{referrer.Referred}"), 0, _customer, debt.Campaign, now,
                    new DebtDocument(document.Code, tier.Reward, tier.Name, 0).Write(), now));
            }
        }

        return new DebtSettled { Debt = debt, Referrer = referrer, Campaign = campaign?.Row.Name, CampaignId = campaign?.Id, Owed = owed };
    }

    // Null where it cannot be given now.
    private async Task<(DebtSettled? Fact, bool HasFailed)> GiveAsync(CatalogueSnapshot catalogue, DebtRow debt, DebtDocument document, ReferralReward reward, CustomerRow person)
    {
        var campaign = catalogue.Section<CampaignSection>().Find(debt.Campaign);
        if (catalogue.Section<CampaignSection>().Find(reward.Campaign) is not { } source)
        {
            // A campaign that is gone gives nothing any more.
            LogGone(reward.Campaign, debt.Id, _project);
            return (new DebtSettled { Debt = debt }, false);
        }

        var (given, hasFailed) = await rewards.GiveAsync(catalogue, source, reward, $"{debt.Campaign}/{debt.Id}", document.Attempts, person);
        return given is null
            ? (null, hasFailed)
            : (new DebtSettled { Debt = debt, CampaignId = campaign?.Id, Rewarded = ReferralJson.RewardedData(campaign, given, reward, document.Tier, person) }, false);
    }

    private Task PutOffAsync(DebtRow debt, bool hasFailed) => CommitAsync(DebtTable.Debts.Save(debt.PutOff(clock.GetStoredNow(), hasFailed)));

    private async Task CommitAsync(RowWrite write)
    {
        var commit = new Commit { Project = _project };
        commit.Rows.Add(write);
        await committer.CommitAsync(commit);
    }

    [LoggerMessage(LogLevel.Error, "What is owed for a referral cannot be settled: {Debt} of project {Project}; it is tried again")]
    private partial void LogFailing(Exception exception, string debt, int project);

    [LoggerMessage(LogLevel.Warning, "The campaign {Campaign} of a referral's reward was deleted: {Debt} of project {Project} is not owed any more")]
    private partial void LogGone(string campaign, string debt, int project);
}
