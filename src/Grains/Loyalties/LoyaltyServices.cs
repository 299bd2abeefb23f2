using Marketing.AsyncActions;
using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Customers;
using Marketing.Exports;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.Vouchers;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Loyalties;

internal static class LoyaltyServices
{
    public static IServiceCollection AddLoyalties(this IServiceCollection services) => services
        .AddTable(MemberTable.Members)
        .AddTable(PendingTable.Pending)
        .AddTable(EarningTable.Earnings)
        .AddTable(NightTable.Nights)
        .AddTable(TierTable.Tiers)
        .AddTable(EarningRuleTable.Rules)
        .AddSection<LoyaltySectionReader>()
        .AddShape(LoyaltyShapes.Tier).AddShape(LoyaltyShapes.TierFrom).AddShape(LoyaltyShapes.TierTo).AddShape(LoyaltyShapes.EarningRule).AddShape(LoyaltyShapes.Pending).AddShape(LoyaltyShapes.Membership)
        .AddShape(LoyaltyShapes.Points).AddShape(LoyaltyShapes.Expiring).AddShape(LoyaltyShapes.Next)
        .AddExport<PointsExpirationExport>()
        .AddSingleton<ICampaignContent, LoyaltyOfCampaign>()
        .AddSingleton<ILoyaltyCards, LoyaltyCards>()
        .AddSingleton<CardRemoval>()
        .AddSingleton<MemberBooks>()
        .AddSingleton<MemberNights>()
        .AddSingleton<MembersAhead>()
        .AddSingleton<PendingReads>()
        .AddFact<MembersFold>()
        .AddFact<CardsRemovedFold>()
        .AddFact<MemberImportedFold>()
        .AddSingleton<MemberImports>()
        .AddSingleton<IImport, LoyaltyMembersCsvImport>()
        .AddWatch<LoyaltyWatch>();
}
