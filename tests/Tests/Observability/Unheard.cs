using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Observability;

/// <summary>Metrics that nobody listens to, for parts that are tested by themselves.</summary>
internal static class Unheard
{
    public static EngineMetrics Metrics { get; } = new ServiceCollection().AddEngineMetrics().BuildServiceProvider().GetRequiredService<EngineMetrics>();
}
