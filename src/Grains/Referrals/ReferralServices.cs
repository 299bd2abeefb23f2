using Marketing.Campaigns;
using Marketing.Customers;
using Marketing.Shapes;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Referrals;

internal static class ReferralServices
{
    public static IServiceCollection AddReferrals(this IServiceCollection services) => services
        .AddTable(ReferralTable.Referrals)
        .AddTable(ReferrerTable.Referrers)
        .AddTable(DebtTable.Debts)
        .AddShape(ReferralShapes.Referrer).AddShape(ReferralShapes.Tier)
        .AddSingleton<ICampaignContent, ReferralOfCampaign>()
        .AddSingleton<ReferralRewards>()
        .AddFact<RefereeFold>().AddFact<DebtFold>()
        .AddWatch<ReferralWatch>();
}
