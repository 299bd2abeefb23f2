using Marketing.Catalogue;
using Marketing.Distributions;
using Marketing.Retention;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Webhooks;

internal static class WebhookServices
{
    /// <summary>Webhooks and what is owed to them, as rows.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services.AddTable(WebhookTable.Webhooks).AddTable(SendoutTable.Sendouts).AddSection<WebhookSectionReader>();

    /// <summary>What owes them something, and what posts it.</summary>
    public static IServiceCollection AddSendouts(this IServiceCollection services) => services
        .AddSingleton<AnnouncedVouchers>()
        .AddSingleton<DistributionLogWatch, AnnouncedDistributions>()
        .AddSingleton<WebhookSignals>()
        .AddSingleton<SendoutClient>()
        .AddSingleton<IForgetting, SendoutRetention>()
        .AddCommitWatch<WebhookEmission>();
}
