using Marketing.Actions;
using Marketing.AsyncActions;
using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Channels.Discard;
using Marketing.Channels.Email;
using Marketing.Channels.Webhooks;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Distributions.Lanes;
using Marketing.Events;
using Marketing.Observability;
using Marketing.Orders;
using Marketing.Projects;
using Marketing.Recovery;
using Marketing.Retention;
using Marketing.Segments;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.Suppressions;
using Marketing.Templates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Orleans.Serialization.Configuration;

namespace Marketing.Hosting;

/// <summary>What a silo needs besides storage.</summary>
internal static class DistributionServices
{
    public static ISiloBuilder AddDistributions(this ISiloBuilder silo, IConfiguration configuration)
    {
        var services = silo.Services;
        services.AddOptions<DistributionOptions>().Bind(configuration.GetSection(DistributionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DistributionOptions>, DistributionOptionsValidator>();
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddEngineMetrics();

        services.AddSingleton<Catalogues>();
        services.AddSingleton<ICatalogueFence, CatalogueVersions>();
        services.AddSingleton<FilterSettingsSource>();
        services.AddSingleton<BuilderCatalogue>();
        services.AddSingleton<SegmentSynchronizer>();
        services.AddSingleton<DraftValidator>();
        services.AddSingleton<DistributionTrials>();
        services.AddSingleton<TrialRendering>();
        services.AddSingleton<AudienceEstimator>();
        services.AddSingleton<LaneRouting>();
        services.AddSingleton<LaneSignals>();
        services.AddSingleton<LaneInboxes>();
        services.AddSingleton<MessageComposer>();
        services.AddSingleton<ProjectIds>();
        services.AddSingleton<ProjectZones>();
        services.AddSingleton<UnsubscribeTokens>();
        services.AddSingleton<ChannelRegistry>();
        services.AddSingleton<ProjectWebhookSecrets>();
        services.AddSingleton<IWebhookSecrets>(provider => provider.GetRequiredService<ProjectWebhookSecrets>());
        services.AddImports();

        // A feature: its registration, one line here.
        services.AddCustomers();
        services.AddCustomEvents();
        services.AddOrders();
        services.AddSingleton<ITriggerChoice, SegmentChoice>();
        services.AddActions();
        services.AddSingleton<TemplateScopes>();
        services.AddShape(SegmentShape.Segment);
        services.AddShape(DistributionShapes.Distribution).AddShape(DistributionShapes.Project).AddShape(DistributionShapes.UnsubscribeUrl);

        // Adding a channel: its own registration, one line here.
        services.AddEmailChannel(configuration);
        services.AddWebhookChannel(configuration);
        if (configuration.GetValue("Distributions:Discard:Enabled", false))
        {
            services.AddSingleton<IChannel, DiscardChannel>();
        }

        services.AddSingleton<RunningHandOffs>();
        services.AddSingleton<LaneOwners>();
        services.AddSingleton<LeavingSilos>();

        // Its name goes over the wire when silos tell each other that one leaves.
        services.Configure<TypeManifestOptions>(static types => types.AddAllowedType(typeof(LeavingSilos)));
        services.AddKeyedSingleton<IControllable>(LeavingSilos.ProviderName, (provider, _) => provider.GetRequiredService<LeavingSilos>());
        services.AddSingleton<LocalLanes>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<LocalLanes>());
        services.AddPlacementDirector<LanePlacement, LanePlacementDirector>();
        services.AddSingleton<TakeOver>();
        services.AddTransient<CustomerReviews>();
        services.AddHostedService<RecoveryAtStart>();
        services.AddHostedService<ClusterWatch>();
        return silo;
    }
}
