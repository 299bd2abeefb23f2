using Marketing.Customers;
using Marketing.Exports;
using Marketing.Loyalties;
using Marketing.Shapes;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Redemptions;

internal static class RedemptionServices
{
    public static IServiceCollection AddRedemptions(this IServiceCollection services) => services
        .AddTable(RedemptionTable.Redemptions)
        .AddTable(SessionTable.Sessions)
        .AddSingleton<Redeemables>()
        .AddSingleton<OrderLines>()
        .AddSingleton<CaseReader>()
        .AddSingleton<RewardExchange>()
        .AddSingleton<RewardReturns>()
        .AddSingleton<IAutoRewards, AutoRewards>()
        .AddSingleton<RedemptionRecorder>()
        .AddSingleton<RedemptionCommits>()
        .AddSingleton<RedemptionReads>()
        .AddSingleton<RedemptionList>()
        .AddSingleton<Rollbacks>()
        .AddSingleton<SessionLocks>()
        .AddSingleton<IExpiry>(static services => services.GetRequiredService<SessionLocks>())
        .AddExport<RedemptionExport>()
        .AddShape(RedemptionShape.Redemption)
        .AddShape(RedemptionShape.Rollback)
        .AddFact<RedemptionFold>();
}
