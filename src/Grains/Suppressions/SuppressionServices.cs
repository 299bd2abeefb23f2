using Marketing.AsyncActions;
using Marketing.Channels;
using Marketing.Exports;
using Marketing.Suppressions.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Suppressions;

internal static class SuppressionServices
{
    public static IServiceCollection AddSuppressions(this IServiceCollection services) => services
        .AddSingleton<UnsubscribeTokens>()
        .AddSingleton<IAddressCheck, SuppressionCheck>()
        .AddExport<SuppressionExport>()
        .AddSingleton<SuppressionRows>()
        .AddSingleton<IImport, SuppressionsImport>()
        .AddSingleton<IImport, SuppressionsCsvImport>();
}
