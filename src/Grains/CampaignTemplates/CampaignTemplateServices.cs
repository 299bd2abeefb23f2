using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.CampaignTemplates;

internal static class CampaignTemplateServices
{
    public static IServiceCollection AddCampaignTemplates(this IServiceCollection services) => services.AddTable(CampaignTemplateTable.Templates);
}
