using Marketing.Customers.Facts;
using Marketing.Shapes;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Customers;

internal static class CustomerServices
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services.AddSingleton<CreationTimes>().AddSingleton<CustomerFolds>().AddFact<ProfileFold>().AddFact<TimeFold>().AddShape(CustomerShape.Customer);

    /// <summary>Makes a kind of fact known to the grains of customers.</summary>
    public static IServiceCollection AddFact<TFold>(this IServiceCollection services)
        where TFold : CustomerFold => services.AddSingleton<CustomerFold, TFold>();
}
