using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Customers.Watching;
using Marketing.Filters;
using Marketing.Projects;
using Xunit;

namespace Marketing.Loyalties;

/// <summary>What events cost where nobody earns by them: the watch has no store to ask here.</summary>
public sealed class LoyaltyWatchTests
{
    private static readonly DateTimeOffset Now = new(2030, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly EarningRuleEntry Rule = new(new EarningRuleRow(
        1, "ern_1", 1, 7, EarningRuleEntry.OrderPaid, true, RawJson.Parse("""{"loyalty":{"type":"FIXED","points":1}}"""), RawJson.EmptyObject, Now, null));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_asked_for_who_cannot_earn(bool hasRules)
    {
        var campaign = new CampaignRow(
            7, "camp_1", 1, "Friends", CampaignTypes.Loyalty, CampaignTypes.AutoUpdate, true, 1, 0, false, RawJson.EmptyObject, RawJson.Parse("""{"type":"LOYALTY_CARD","loyalty_card":{"points":0}}"""), RawJson.EmptyObject, Now, null);
        var catalogue = new CatalogueSnapshot(
            1, 1, [new LoyaltySection([], hasRules ? [Rule] : []), new CampaignSection([new CampaignEntry(campaign, [])]), new ProjectSection(FilterSettings.Default, CaseSensitiveCodes: true)]);
        var work = new CustomerWork(null, 1, new Customer { Id = "c" }, catalogue, new CustomerWatches([]), new CommandContext { RequestId = "r" }, Now);
        work.Raise(TriggerCatalogue.OrderPaid, null, ActivityData.Empty);
        Assert.False(await new LoyaltyWatch(null!, null!, null!, null!, null!).FollowAsync(work, 0));
        Assert.Single(work.Raised);
        Assert.Equal(hasRules ? 1 : 0, LoyaltyWatch.Listeners(work, 0).Length);
    }
}
