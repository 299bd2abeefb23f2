using Marketing.Clients;
using Marketing.Storage;

namespace Marketing.ValidationRules;

internal sealed partial class ValidationRulesGrain
{
    public async Task<RuleAssignmentResult> AssignAsync(string ruleId, string assignmentId, RuleTarget target, bool force, CommandContext context)
    {
        while (true)
        {
            var present = await assignments.FindAsync(Project, assignmentId);
            var done = await operations.FindAsync(Project, context);
            if (done is { IsOther: true })
            {
                return new RuleAssignmentResult.KeyReused();
            }

            if (present is not null || done is not null)
            {
                return present is null ? new RuleAssignmentResult.Deleted() : await KnownAsync(present);
            }

            if (await rules.FindAsync(Project, ruleId) is not { } rule)
            {
                return new RuleAssignmentResult.NotFound("validation_rules", ruleId);
            }

            if (await FindAsync(target) is not { } objectId)
            {
                return new RuleAssignmentResult.NotFound(target.Type, target.ObjectId);
            }

            var row = new RuleAssignmentRow(0, assignmentId, 0, rule.Number, ruleId, target.Type, objectId, clock.GetStoredNow());
            if (await SameAsync(row) is { } same)
            {
                return force ? await KnownAsync(same) : new RuleAssignmentResult.Duplicate(same.Id);
            }

            if (await WhyTooManyAsync(row) is { } refusal)
            {
                return refusal;
            }

            // With the rule as it was read: one that is being deleted is assigned to nothing any more, not by a silo either that has lost the grain and does not know it.
            row = row with { Number = await numbers.NextAsync(RuleAssignmentTable.Assignments.Numbers) };
            if (await CommitAsync([RuleAssignmentTable.Assignments.Save(row), ValidationRuleTable.Rules.Save(rule)], context) is null)
            {
                return await KnownAsync(row);
            }
        }
    }

    public async Task<RuleUnassignment> UnassignAsync(string ruleId, string assignmentId)
    {
        if (await rules.FindAsync(Project, ruleId) is null)
        {
            return RuleUnassignment.RuleNotFound;
        }

        while (await assignments.FindAsync(Project, assignmentId) is { } present && present.RuleId == ruleId)
        {
            if (await CommitAsync([RuleAssignmentTable.Assignments.Delete(present)]) is null)
            {
                await catalogues.ChangedAsync(Project);
                return RuleUnassignment.Ended;
            }
        }

        return RepeatedCalls.IsCurrent ? RuleUnassignment.Ended : RuleUnassignment.AssignmentNotFound;
    }

    public async Task ReleaseAsync(RuleTarget target)
    {
        while (await OfAsync(target.Type, target.ObjectId) is { Count: > 0 } found)
        {
            if (await CommitAsync(found.Select(RuleAssignmentTable.Assignments.Delete)) is null)
            {
                await catalogues.ChangedAsync(Project);
            }
        }
    }

    // Where nobody looks the type up, what is said is taken.
    private async Task<string?> FindAsync(RuleTarget target) =>
        targets.FirstOrDefault(candidate => candidate.Type == target.Type) is { } feature ? await feature.FindIdAsync(Project, target.ObjectId) : target.ObjectId;

    private Task<RuleAssignmentRow?> SameAsync(RuleAssignmentRow row) =>
        assignments.FindAsync(Project, RuleAssignmentTable.Target, RuleAssignmentTable.TargetOf(row.RuleId, row.ObjectType, row.ObjectId));

    private async Task<RuleAssignmentResult.TooMany?> WhyTooManyAsync(RuleAssignmentRow row)
    {
        if ((await OfAsync(row.ObjectType, row.ObjectId)).Count >= ValidationRuleLimits.RulesOfObject)
        {
            return new RuleAssignmentResult.TooMany($"An object has at most {ValidationRuleLimits.RulesOfObject} validation rules");
        }

        return (await assignments.ListAsync(Project, new TableQuery(null, 1, 1), CancellationToken.None)).Total >= ValidationRuleLimits.AssignmentsOfProject
            ? new RuleAssignmentResult.TooMany($"A project has at most {ValidationRuleLimits.AssignmentsOfProject} assignments of validation rules")
            : null;
    }

    private async Task<IReadOnlyList<RuleAssignmentRow>> OfAsync(string type, string objectId)
    {
        var most = ValidationRuleLimits.RulesOfObject * RuleTargets.All.Count;
        var found = await assignments.FindManyAsync(Project, RuleAssignmentTable.Object, [RuleAssignmentTable.NumberOf(objectId)], most);
        return [.. found.Where(row => row.ObjectType == type && row.ObjectId == objectId)];
    }

    private async Task<RuleAssignmentResult> KnownAsync(RuleAssignmentRow row)
    {
        await catalogues.ChangedAsync(Project);
        return new RuleAssignmentResult.Saved(row.View());
    }
}
