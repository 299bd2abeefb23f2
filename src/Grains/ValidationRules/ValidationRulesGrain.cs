using Marketing.Catalogue;
using Marketing.Clients;
using Marketing.Filters;
using Marketing.Storage;

namespace Marketing.ValidationRules;

[GrainType("validation-rules"), CollectionAgeLimit(Minutes = 2)]
internal sealed partial class ValidationRulesGrain(
    ITableStore<ValidationRuleRow> rules, ITableStore<RuleAssignmentRow> assignments, IEnumerable<IRuleTarget> targets, IOperationStore operations, ICommitter committer,
    INumbers numbers, Catalogues catalogues, TimeProvider clock)
    : Grain, IValidationRulesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<ValidationRuleResult> CreateAsync(string id, ValidationRuleChange change, CommandContext context)
    {
        while (true)
        {
            var present = await rules.FindAsync(Project, id);
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new ValidationRuleResult.KeyReused();
            }

            if (present is not null || done is not null)
            {
                // Whoever asked first may have died before the silos heard of it.
                return present is null ? new ValidationRuleResult.Deleted() : await KnownAsync(present);
            }

            var document = RuleDocument.After(null, change);
            if (WhyNot(id, change, document) is { } refusal)
            {
                return refusal;
            }

            if ((await rules.ListAsync(Project, new TableQuery(null, 1, 1), CancellationToken.None)).Total >= ValidationRuleLimits.RulesOfProject)
            {
                return new ValidationRuleResult.TooMany();
            }

            var row = new ValidationRuleRow(
                await numbers.NextAsync(ValidationRuleTable.Rules.Numbers), id, 0, change.Name!, change.Type ?? ValidationRuleTypes.All[0], change.ContextType ?? RuleContexts.Global,
                document, clock.GetStoredNow(), null);
            if (await CommitAsync([ValidationRuleTable.Rules.Save(row)], context) is null)
            {
                return await KnownAsync(row);
            }
        }
    }

    public async Task<ValidationRuleResult> ChangeAsync(string id, ValidationRuleChange change)
    {
        while (await rules.FindAsync(Project, id) is { } present)
        {
            var row = present with
            {
                Name = change.Name ?? present.Name,
                Type = change.Type ?? present.Type,
                ContextType = change.ContextType ?? present.ContextType,
                Document = RuleDocument.After(present.Document, change),
            };
            if (WhyNot(id, change with { Name = row.Name }, row.Document) is { } refusal)
            {
                return refusal;
            }

            row = row == present ? row : row with { UpdatedAt = clock.GetStoredNow() };
            if (row == present || await CommitAsync([ValidationRuleTable.Rules.Save(row)]) is null)
            {
                return await KnownAsync(row);
            }
        }

        return new ValidationRuleResult.NotFound();
    }

    public async Task<ValidationRuleDeletion> DeleteAsync(string id)
    {
        while (await rules.FindAsync(Project, id) is { } present)
        {
            if (await CountAsync(present) > 0)
            {
                return ValidationRuleDeletion.Assigned;
            }

            // An assignment writes the rule as well, so one that is made at the same time is not lost: the version is another then.
            if (await CommitAsync([ValidationRuleTable.Rules.Delete(present)]) is null)
            {
                await catalogues.ChangedAsync(Project);
                return ValidationRuleDeletion.Deleted;
            }
        }

        return RepeatedCalls.IsCurrent ? ValidationRuleDeletion.Deleted : ValidationRuleDeletion.NotFound;
    }

    private static ValidationRuleResult.Invalid? WhyNot(string id, ValidationRuleChange change, RawJson document)
    {
        var problems = new List<FieldProblem>();
        if (change.Name is not { Length: > 0 and <= ValidationRuleLimits.Name })
        {
            problems.Add(new FieldProblem("name", $"must be a text of 1 to {ValidationRuleLimits.Name} characters."));
        }

        if (change.Type is { } type && !ValidationRuleTypes.All.Contains(type))
        {
            problems.Add(new FieldProblem("type", $"must be one of {string.Join(", ", ValidationRuleTypes.All)}."));
        }

        if (change.ContextType is { } context && !RuleContexts.All.Contains(context))
        {
            problems.Add(new FieldProblem("context_type", $"must be one of {string.Join(", ", RuleContexts.All)}."));
        }

        if (document.Utf8.Length > ValidationRuleLimits.RuleBytes)
        {
            problems.Add(new FieldProblem("rules", $"must not be larger than {ValidationRuleLimits.RuleBytes} bytes, with all of the rule."));
        }
        else if (CompiledRule.Parse(id, document, FilterSettings.Default) is RuleParseResult.Malformed malformed)
        {
            // Whether it is understood does not depend on the time zone.
            problems.AddRange(malformed.Problems);
        }

        return problems.Count > 0 ? new ValidationRuleResult.Invalid(problems) : null;
    }

    private async Task<ValidationRuleResult> KnownAsync(ValidationRuleRow row)
    {
        await catalogues.ChangedAsync(Project);
        return new ValidationRuleResult.Saved(row.View(await CountAsync(row)));
    }

    private async Task<long> CountAsync(ValidationRuleRow rule) =>
        (await assignments.CountAsync(Project, RuleAssignmentTable.Rule, [rule.Number])).GetValueOrDefault(rule.Number);

    // The guard that did not hold.
    private async Task<Guard?> CommitAsync(IEnumerable<RowWrite> writes, CommandContext? context = null)
    {
        var commit = new Commit { Project = Project };
        commit.Rows.AddRange(writes);
        commit.Operation = context?.Remember(null, clock.GetUtcNow());
        return (await committer.CommitAsync(commit)).RefusedBy;
    }
}
