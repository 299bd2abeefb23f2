using Marketing.AsyncActions;
using Marketing.Channels;
using Marketing.Customers;
using Marketing.Distributions;
using Marketing.Distributions.Evidence;
using Marketing.Segments;
using Marketing.Suppressions;
using Marketing.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Storage.Relational;

/// <summary>The stores that are the same on every engine.</summary>
internal static class RelationalStores
{
    /// <summary>Registers them on the registered <see cref="ISqlDatabase"/>.</summary>
    public static IServiceCollection AddRelationalStores(this IServiceCollection services)
    {
        services.AddSingleton<TableSet>();
        services.AddSingleton(typeof(ITableStore<>), typeof(TableStore<>));
        services.AddSingleton<IBalanceStore, BalanceStore>();
        services.AddSingleton<ITallyStore, TallyStore>();
        services.AddSingleton<IDistributionStore, DistributionStore>();
        services.AddSingleton<ISuppressionStore, SuppressionStore>();
        services.AddSingleton<ICourtesyStore, CourtesyStore>();
        services.AddSingleton<IEvidenceStore, EvidenceStore>();
        services.AddSingleton<ISendSlots, SendSlotStore>();
        services.AddSingleton<ISendoutStore, SendoutStore>();
        services.AddSingleton<IOperationStore, OperationStore>();
        services.AddSingleton<ICustomerScans, CustomerScans>();
        services.AddSingleton<IMemberScans, MemberScans>();
        services.AddSingleton<IAsyncActionStore, AsyncActionStore>();
        return services;
    }
}
