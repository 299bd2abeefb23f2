using Marketing.Catalogue;
using Marketing.Projects;
using Marketing.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.ValidationRules;

internal static class ValidationRuleServices
{
    public static IServiceCollection AddValidationRules(this IServiceCollection services) => services
        .AddTable(ValidationRuleTable.Rules)
        .AddTable(RuleAssignmentTable.Assignments)
        .AddSection<RuleSectionReader>()
        .AddSingleton<RulesAtBirth>()
        .AddSingleton<ITimeZoneFollower, RulesFollowTimeZone>();
}
