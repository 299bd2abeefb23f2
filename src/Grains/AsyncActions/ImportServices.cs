using Microsoft.Extensions.DependencyInjection;

namespace Marketing.AsyncActions;

/// <summary>The kinds of background jobs. A new kind is one class and one line.</summary>
internal static class ImportServices
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton<ImportLine>()
        .AddSingleton<CustomerBatch>()
        .AddSingleton<IImport, CustomersCsvImport>()
        .AddSingleton<IImport, CustomersBulkUpdate>()
        .AddSingleton<IImport, CustomersMetadataUpdate>()
        .AddSingleton<IImport, OrdersImport>();
}
