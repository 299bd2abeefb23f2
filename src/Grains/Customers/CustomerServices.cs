using Marketing.AsyncActions;
using Marketing.Customers.Facts;
using Marketing.Customers.Imports;
using Marketing.Customers.Watching;
using Marketing.Exports;
using Marketing.Shapes;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Customers;

internal static class CustomerServices
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services
        .AddSingleton<CreationTimes>()
        .AddSingleton<CustomerFolds>()
        .AddSingleton<CustomerWatches>()
        .AddFact<ProfileFold>()
        .AddFact<TimeFold>()
        .AddShape(CustomerShape.Customer)
        .AddExport<CustomerExport>()
        .AddSingleton<CustomerBulk>()
        .AddSingleton<IImport, CustomersCsvImport>()
        .AddSingleton<IImport, CustomersBulkUpdate>()
        .AddSingleton<IImport, CustomersMetadataUpdate>();

    /// <summary>Makes a kind of fact known to the grains of customers.</summary>
    public static IServiceCollection AddFact<TFold>(this IServiceCollection services)
        where TFold : CustomerFold => services.AddSingleton<CustomerFold, TFold>();

    /// <summary>Lets a feature add to what happens to customers. Those registered earlier are asked earlier.</summary>
    public static IServiceCollection AddWatch<TWatch>(this IServiceCollection services)
        where TWatch : CustomerWatch => services.AddSingleton<CustomerWatch, TWatch>();
}
