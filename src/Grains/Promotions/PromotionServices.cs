using Marketing.Campaigns;
using Marketing.Catalogue;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.ValidationRules;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Promotions;

internal static class PromotionServices
{
    public static IServiceCollection AddPromotions(this IServiceCollection services) => services
        .AddTable(PromotionTierTable.Tiers)
        .AddTable(PromotionStackTable.Stacks)
        .AddSection<PromotionSectionReader>()
        .AddShape(PromotionShape.Described)
        .AddSingleton<PromotionDrafts>()
        .AddSingleton<PromotionReads>()
        .AddSingleton<ICampaignContent, PromotionsOfCampaign>()
        .AddSingleton<IRuleTarget, PromotionTierTarget>();
}
