using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tracking;

internal static class TrackingServices
{
    public static IServiceCollection AddTracking(this IServiceCollection services) => services
        .AddTable(VisitTable.Visits)
        .AddSingleton<TrackedLinks>()
        .AddSingleton<MessageVisits>();
}
