namespace Marketing.ValidationRules;

/// <summary>Rows as callers see them.</summary>
internal static class ValidationRuleViews
{
    public static ValidationRule View(this ValidationRuleRow row, long assignments)
    {
        var (rules, bundle, error, applicable) = RuleDocument.Parts(row.Document);
        return new ValidationRule
        {
            Id = row.Id,
            Name = row.Name,
            Rules = rules,
            BundleRules = bundle,
            Error = error,
            ApplicableTo = applicable,
            Type = row.Type,
            ContextType = row.ContextType,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
            AssignmentsCount = assignments,
        };
    }

    public static RuleAssignment View(this RuleAssignmentRow row) =>
        new() { Id = row.Id, RuleId = row.RuleId, Target = new RuleTarget(row.ObjectType, row.ObjectId), CreatedAt = row.CreatedAt };
}
