using Marketing.Storage;

namespace Marketing.ValidationRules;

/// <summary>
/// Assigns rules to an object in the commit that makes it, and ends its assignments in the one that deletes it: so it is never there without them, and they not without it. Whoever commits then makes the change
/// known (<see cref="Catalogue.Catalogues.ChangedAsync"/>).
/// </summary>
internal sealed class RulesAtBirth(ITableStore<ValidationRuleRow> rules, ITableStore<RuleAssignmentRow> assignments, INumbers numbers, TimeProvider clock)
{
    /// <summary>The rows to commit with a new object; or the rule that is not there, or what else keeps them from being assigned.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="ruleIds">Rules; one that is named twice is assigned once.</param>
    /// <param name="target">The new object.</param>
    public async Task<(IReadOnlyList<RowWrite> Writes, string? Missing, string? Problem)> AssignAsync(int project, IReadOnlyList<string> ruleIds, RuleTarget target)
    {
        if (ruleIds.Count == 0)
        {
            return ([], null, null);
        }

        string[] wanted = [.. ruleIds.Distinct(StringComparer.Ordinal)];
        if (wanted.Length > ValidationRuleLimits.RulesOfObject)
        {
            return ([], null, $"must NOT have more than {ValidationRuleLimits.RulesOfObject} items");
        }

        var found = (await rules.FindManyAsync(project, wanted)).ToDictionary(static rule => rule.Id, StringComparer.Ordinal);
        if (wanted.FirstOrDefault(id => !found.ContainsKey(id)) is { } missing)
        {
            return ([], missing, null);
        }

        if ((await assignments.ListAsync(project, new TableQuery(null, 1, 1), CancellationToken.None)).Total + wanted.Length > ValidationRuleLimits.AssignmentsOfProject)
        {
            return ([], null, $"would be too many: a project has at most {ValidationRuleLimits.AssignmentsOfProject} assignments of validation rules");
        }

        var writes = new List<RowWrite>(wanted.Length * 2);
        foreach (var id in wanted)
        {
            // With the rule as it was read: one that is being deleted is assigned to nothing any more.
            writes.Add(ValidationRuleTable.Rules.Save(found[id]));
            writes.Add(RuleAssignmentTable.Assignments.Save(new RuleAssignmentRow(
                await numbers.NextAsync(RuleAssignmentTable.Assignments.Numbers), ObjectIds.New("asgm_"), 0, found[id].Number, id, target.Type, target.ObjectId, clock.GetStoredNow())));
        }

        return (writes, null, null);
    }

    /// <summary>The rows to commit with the deletion of objects of one type; none for most.</summary>
    public async Task<IReadOnlyList<RowWrite>> ReleaseAsync(int project, string type, IReadOnlyCollection<string> objectIds)
    {
        var ids = objectIds.ToHashSet(StringComparer.Ordinal);
        var most = ValidationRuleLimits.RulesOfObject * RuleTargets.All.Count;
        var found = await assignments.FindManyAsync(project, RuleAssignmentTable.Object, [.. ids.Select(RuleAssignmentTable.NumberOf)], most);
        return [.. found.Where(row => row.ObjectType == type && ids.Contains(row.ObjectId)).Select(RuleAssignmentTable.Assignments.Delete)];
    }
}
