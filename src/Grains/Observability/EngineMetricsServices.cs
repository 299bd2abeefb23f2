using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketing.Observability;

/// <summary>Registers the engine's metrics, for whichever part asks first.</summary>
internal static class EngineMetricsServices
{
    public static IServiceCollection AddEngineMetrics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<EngineMetrics>();
        return services;
    }
}
