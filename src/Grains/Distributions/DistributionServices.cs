using Marketing.Catalogue;
using Marketing.Connections;
using Marketing.Customers;
using Marketing.Distributions.Actions;
using Marketing.Distributions.Courtesies;
using Marketing.Distributions.Evidence;
using Marketing.Distributions.Lanes;
using Marketing.Distributions.Triggers;
using Marketing.Loyalties;
using Marketing.Segments;
using Marketing.Shapes;
using Marketing.Topics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Orleans.Serialization.Configuration;

namespace Marketing.Distributions;

internal static class DistributionServices
{
    public static IServiceCollection AddDistributions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DistributionOptions>().Bind(configuration.GetSection(DistributionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DistributionOptions>, DistributionOptionsValidator>();
        services.AddSingleton<BuilderCatalogue>();
        services.AddSingleton<SavedContents>()
        .AddSingleton<DraftValidator>();
        services.AddSingleton<DistributionTrials>();
        services.AddSingleton<TrialRendering>();
        services.AddSingleton<AudienceEstimator>();
        services.AddSingleton<MessageEvidence>();
        services.AddSection<DistributionSectionReader>();
        services.AddWatch<DistributionWatch>();
        services.AddSingleton<IAheadListeners, AheadListeners>();
        services.AddSingleton<ISegmentUser, SegmentsOfDistributions>();
        services.AddSingleton<IConnectionUser, ConnectionsOfDistributions>();
        services.AddSingleton<ITopicUser, TopicsOfDistributions>();
        services.AddShape(DistributionShapes.Distribution).AddShape(DistributionShapes.Project).AddShape(DistributionShapes.UnsubscribeUrl).AddShape(DistributionShapes.PreferencesUrl);
        return services.AddActions().AddLanes();
    }

    private static IServiceCollection AddLanes(this IServiceCollection services)
    {
        services.AddSingleton<LaneRouting>();
        services.AddSingleton<LaneSignals>();
        services.AddSingleton<LaneInboxes>();
        services.AddSingleton<MessageComposer>();
        services.AddSingleton<CodeMessages>();
        services.AddSingleton<FrequencyCaps>();
        services.AddSingleton<AccountLimits>();
        services.AddSingleton<Courtesy>();
        services.AddSingleton<HandOverPlanner>();
        services.AddSingleton<Exits>();
        services.AddSingleton<EarlierCodes>();
        services.AddSingleton<LaneOwners>();
        services.AddSingleton<LeavingSilos>();

        // Its name goes over the wire when silos tell each other that one leaves.
        services.Configure<TypeManifestOptions>(static types => types.AddAllowedType(typeof(LeavingSilos)));
        services.AddKeyedSingleton<IControllable>(LeavingSilos.ProviderName, (provider, _) => provider.GetRequiredService<LeavingSilos>());
        services.AddSingleton<LocalLanes>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<LocalLanes>());
        services.AddPlacementDirector<LanePlacement, LanePlacementDirector>();
        return services;
    }
}
