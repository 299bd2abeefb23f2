using Marketing.AsyncActions;
using Marketing.Branding;
using Marketing.Campaigns;
using Marketing.CampaignTemplates;
using Marketing.Catalogue;
using Marketing.Categories;
using Marketing.Channels;
using Marketing.Channels.Discard;
using Marketing.Channels.Email;
using Marketing.Channels.Sms;
using Marketing.Channels.Tools;
using Marketing.Channels.Webhooks;
using Marketing.Connections;
using Marketing.Customers;
using Marketing.Discounts;
using Marketing.Distributions;
using Marketing.Events;
using Marketing.Exports;
using Marketing.Images;
using Marketing.Loyalties;
using Marketing.MessageTemplates;
using Marketing.MetadataSchemas;
using Marketing.OAuth;
using Marketing.Observability;
using Marketing.Orders;
using Marketing.ProductCollections;
using Marketing.Products;
using Marketing.Projects;
using Marketing.Promotions;
using Marketing.Publications;
using Marketing.Qualifications;
using Marketing.Recovery;
using Marketing.Redemptions;
using Marketing.Referrals;
using Marketing.Retention;
using Marketing.Rewards;
using Marketing.Segments;
using Marketing.Suppressions;
using Marketing.Templates;
using Marketing.Topics;
using Marketing.Tracking;
using Marketing.ValidationRules;
using Marketing.Vouchers;
using Marketing.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Marketing.Hosting;

/// <summary>What a silo needs besides storage.</summary>
internal static class EngineServices
{
    public static ISiloBuilder AddEngine(this ISiloBuilder silo, IConfiguration configuration)
    {
        var services = silo.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddEngineMetrics();
        services.AddCatalogues();
        services.AddSingleton<TemplateScopes>();
        services.AddSingleton<ImportLine>();
        services.AddProjects(configuration);
        services.AddSuppressions();
        services.AddTopics();
        services.AddMetadataSchemas();

        // A feature: its registration, one line here. What customers do is watched in this order: entering a segment starts distributions.
        services.AddCustomers();
        services.AddCustomEvents();
        services.AddOrders();
        services.AddProducts();
        services.AddCategories();
        services.AddDiscounts();
        services.AddCampaigns();
        services.AddCampaignTemplates();
        services.AddVouchers();
        services.AddPromotions();
        services.AddPublications();
        services.AddRedemptions();
        services.AddQualifications();
        services.AddProductCollections();
        services.AddOAuth();
        services.AddExports();
        services.AddSegments();
        services.AddReferrals();
        services.AddLoyalties();
        services.AddRewards();
        services.AddValidationRules();
        services.AddBranding();
        services.AddMessageTemplates();
        services.AddImages();
        services.AddTracking();
        services.AddChannelConnections();
        services.AddDistributions(configuration);
        services.AddWebhooks();
        services.AddSendouts();
        services.AddChannels(configuration);
        services.AddRecovery(configuration);
        return silo;
    }

    private static void AddProjects(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LinkOptions>().Bind(configuration.GetSection(LinkOptions.Section));
        services.AddSingleton<SignedLinks>();
        services.AddOptions<CodeOptions>().Bind(configuration.GetSection(CodeOptions.Section));
        services.AddSection<ProjectSectionReader>();
        services.AddSingleton<ITimeZoneFollower, CataloguesFollowTimeZone>();
        services.AddSingleton<ProjectIds>();
        services.AddSingleton<ProjectSettingsCache>();
        services.AddSingleton<ProjectWebhookSecrets>();
        services.AddSingleton<IWebhookSecrets>(provider => provider.GetRequiredService<ProjectWebhookSecrets>());
    }

    private static void AddChannels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ChannelRegistry>();
        services.AddSingleton<RunningHandOffs>();
        services.AddSingleton<ProviderRegistry>();
        services.AddSingleton<SendGates>();
        services.AddSingleton<ProviderHttp>();
        services.AddSingleton<ConnectionLines>();

        // Adding a channel: its own registration, one line here.
        services.AddEmailChannel(configuration);
        services.AddWebhookChannel(configuration);
        services.AddSmsChannel();
        services.AddTools();
        if (configuration.GetValue("Distributions:Discard:Enabled", false))
        {
            services.AddSingleton<IChannel, DiscardChannel>();
        }
    }

    private static void AddRecovery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        services.AddSingleton<TakeOver>();
        services.AddTransient<CustomerReviews>();
        services.AddHostedService<RecoveryAtStart>();
        services.AddHostedService<ClusterWatch>();
    }
}
