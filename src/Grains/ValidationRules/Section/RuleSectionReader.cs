using Marketing.Catalogue;
using Marketing.Filters;
using Marketing.Projects;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.ValidationRules;

/// <summary>Reads the rules of a project.</summary>
internal sealed partial class RuleSectionReader(
    ITableStore<ValidationRuleRow> rules, ITableStore<RuleAssignmentRow> assignments, ProjectSettingsCache settings, ILogger<RuleSectionReader> logger)
    : SectionReader<RuleSection>
{
    public override IReadOnlyList<string> Tables => ["validation_rules", "validation_rule_assignments"];

    protected override async ValueTask<RuleSection> ReadAsync(int project, RuleSection? before)
    {
        var stored = (await rules.ListAsync(project, new TableQuery("created_at", ValidationRuleLimits.RulesOfProject, 1), CancellationToken.None)).Items;
        if (stored.Count == 0)
        {
            return new RuleSection([], []);
        }

        var zone = (await settings.ReadAsync(project)).TimeZone;
        var assigned = (await assignments.ListAsync(project, new TableQuery("created_at", ValidationRuleLimits.AssignmentsOfProject, 1), CancellationToken.None)).Items;
        return new RuleSection(
            [.. stored.Select(row => Entry(row, zone, before?.Find(row.Id)))], assigned.Select(row => row.View()));
    }

    // Each thing that is stored is told of once on each silo.
    protected override void Replaced(CatalogueSnapshot catalogue, RuleSection? before, RuleSection now)
    {
        foreach (var rule in now.All.Where(rule => rule.Unreadable is not null && rule.Unreadable != before?.Find(rule.Id)?.Unreadable))
        {
            LogUnreadable(rule.Id, catalogue.Project, rule.Unreadable!);
        }
    }

    private static RuleEntry Entry(ValidationRuleRow row, string zone, RuleEntry? known)
    {
        if (known is not null && known.Source.Zone == zone && known.Source.Document.Equals(row.Document))
        {
            return known with { Name = row.Name, ContextType = row.ContextType };
        }

        return CompiledRule.Parse(row.Id, row.Document, FilterSettings.In(zone)) switch
        {
            RuleParseResult.Ok ok => new RuleEntry(row.Id, row.Name, row.ContextType, ok.Rule, null, (row.Document, zone)),
            RuleParseResult.Malformed malformed => new RuleEntry(row.Id, row.Name, row.ContextType, null, malformed.Reason, (row.Document, zone)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    [LoggerMessage(LogLevel.Error, "The stored validation rule {RuleId} of project {Project} is not understood, so it holds for nobody until it is changed: {Reason}")]
    private partial void LogUnreadable(string ruleId, int project, string reason);
}
