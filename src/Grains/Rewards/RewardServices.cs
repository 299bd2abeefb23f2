using Marketing.Catalogue;
using Marketing.Loyalties;
using Marketing.Shapes;
using Marketing.Storage;
using Marketing.ValidationRules;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Rewards;

internal static class RewardServices
{
    public static IServiceCollection AddRewards(this IServiceCollection services) => services
        .AddTable(RewardTable.Rewards)
        .AddTable(RewardAssignmentTable.Assignments)
        .AddSection<RewardSectionReader>()
        .AddShape(RewardShapes.Reward)
        .AddSingleton<RewardParameters>()
        .AddSingleton<RewardReads>()
        .AddSingleton<RewardGiver>()
        .AddSingleton<RewardCases>()
        .AddSingleton<IProgramContent, RewardsOfProgram>()
        .AddSingleton<IRuleTarget, RewardAssignmentTarget>();
}
