using Marketing.Customers;
using Marketing.Shapes;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Events;

internal static class EventServices
{
    public static IServiceCollection AddCustomEvents(this IServiceCollection services) => services.AddFact<CustomEventsFold>().AddShape(CustomEventShape.Event);
}
