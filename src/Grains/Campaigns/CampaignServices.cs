using Marketing.Catalogue;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.ValidationRules;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Campaigns;

internal static class CampaignServices
{
    public static IServiceCollection AddCampaigns(this IServiceCollection services) =>
        services.AddTable(CampaignTable.Campaigns).AddTable(CampaignTable.Earlier).AddSection<CampaignSectionReader>().AddShape(CampaignShape.Campaign).AddSingleton<ITriggerChoice, CampaignChoice>()
            .AddSingleton<CampaignContents>()
            .AddSingleton<IRuleTarget, CampaignRuleTarget>()
            .AddSingleton<CampaignMetadata>();
}
