using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.ValidationRules;

[GrainType("validation-rule-queries"), StatelessWorker, Reentrant]
internal sealed class ValidationRuleQueriesGrain(ITableStore<ValidationRuleRow> rules, ITableStore<RuleAssignmentRow> assignments) : Grain, IValidationRuleQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<ValidationRule?> FindAsync(string id, CancellationToken cancellation)
    {
        if (await rules.FindAsync(Project, id) is not { } row)
        {
            return null;
        }

        return row.View((await assignments.CountAsync(Project, RuleAssignmentTable.Rule, [row.Number])).GetValueOrDefault(row.Number));
    }

    public async Task<Page<ValidationRule>> ListAsync(ValidationRuleListQuery query, CancellationToken cancellation)
    {
        var page = await rules.ListAsync(Project, new TableQuery(query.Order, query.Limit, query.Page) { Between = query.CreatedAt }, cancellation);
        var counts = await assignments.CountAsync(Project, RuleAssignmentTable.Rule, [.. page.Items.Select(row => row.Number)]);
        return page.Of<ValidationRule>([.. page.Items.Select(row => row.View(counts.GetValueOrDefault(row.Number)))]);
    }

    public async Task<Page<RuleAssignment>> ListAssignmentsAsync(RuleAssignmentListQuery query, CancellationToken cancellation)
    {
        if (query.ObjectId is { } id)
        {
            return Cut(query, await OfObjectAsync(id, query.RuleId));
        }

        var list = new TableQuery(query.Order, query.Limit, query.Page);
        if (query.RuleId is { } ruleId)
        {
            if (await rules.FindAsync(Project, ruleId) is not { } rule)
            {
                return Cut(query, []);
            }

            list = list with { Within = (RuleAssignmentTable.Rule, rule.Number) };
        }

        var page = await assignments.ListAsync(Project, list, cancellation);
        return page.Of<RuleAssignment>([.. page.Items.Select(row => row.View())]);
    }

    // An object has few, so they are all read; objects of several types may have the same id.
    private async Task<IReadOnlyList<RuleAssignmentRow>> OfObjectAsync(string id, string? rule)
    {
        var most = ValidationRuleLimits.RulesOfObject * RuleTargets.All.Count;
        var found = await assignments.FindManyAsync(Project, RuleAssignmentTable.Object, [RuleAssignmentTable.NumberOf(id)], most);
        return [.. found.Where(row => row.ObjectId == id && (rule is null || row.RuleId == rule))];
    }

    private static Page<RuleAssignment> Cut(RuleAssignmentListQuery query, IReadOnlyList<RuleAssignmentRow> rows)
    {
        var sorted = rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Number);
        var ordered = query.Order.StartsWith('-') ? sorted.Reverse() : sorted;
        var before = (query.Page - 1) * query.Limit;
        return new Page<RuleAssignment>([.. ordered.Skip(before).Take(query.Limit).Select(row => row.View())], rows.Count, rows.Count > before + query.Limit);
    }
}
