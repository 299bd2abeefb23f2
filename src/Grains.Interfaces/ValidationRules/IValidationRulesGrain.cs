namespace Marketing.ValidationRules;

/// <summary>
/// The validation rules of a project, and what they are assigned to, as they change. Keyed by project number. A change is known to every silo before it is answered.
/// </summary>
[Alias("validation-rules"), GrainInterfaceType("validation-rules")]
public interface IValidationRulesGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Creates a rule under the id that is given. Repeating it with the same id changes nothing and answers the rule as it is; with an idempotency key that made another one
    /// since deleted, <see cref="ValidationRuleResult.Deleted"/>. What is not understood is refused as <see cref="ValidationRuleResult.Invalid"/>, all of it at once.
    /// </summary>
    /// <param name="id"><c>val_…</c></param>
    /// <param name="change">What it consists of; the name is required.</param>
    /// <param name="context">Who asks.</param>
    [Alias("create")]
    Task<ValidationRuleResult> CreateAsync(string id, ValidationRuleChange change, CommandContext context);

    /// <summary>Changes what is given of a rule, by the same checks; the rest stays. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<ValidationRuleResult> ChangeAsync(string id, ValidationRuleChange change);

    /// <summary>Deletes a rule that is assigned to nothing.</summary>
    [Alias("delete")]
    Task<ValidationRuleDeletion> DeleteAsync(string id);

    /// <summary>
    /// Assigns a rule to an object. Of one rule and one object there is one assignment: a second is <see cref="RuleAssignmentResult.Duplicate"/>, unless it is forced, which
    /// answers the one that there is. An object that somebody can look up and that is not there is <see cref="RuleAssignmentResult.NotFound"/>.
    /// </summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="assignmentId">Of the new assignment, <c>asgm_…</c>; repeating it changes nothing.</param>
    /// <param name="target">To what.</param>
    /// <param name="force">Whether one that exists is as good as a new one.</param>
    /// <param name="context">Who asks.</param>
    [Alias("assign")]
    Task<RuleAssignmentResult> AssignAsync(string ruleId, string assignmentId, RuleTarget target, bool force, CommandContext context);

    /// <summary>Ends an assignment of a rule.</summary>
    [Alias("unassign")]
    Task<RuleUnassignment> UnassignAsync(string ruleId, string assignmentId);

    /// <summary>Ends every assignment of an object that is no more. Repeating it changes nothing.</summary>
    [Alias("release")]
    Task ReleaseAsync(RuleTarget target);
}

/// <summary>Reads over the validation rules of a project. Keyed by project number; any number of activations.</summary>
[Alias("validation-rule-queries"), GrainInterfaceType("validation-rule-queries")]
public interface IValidationRuleQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>The rule, or null.</summary>
    [Alias("find")]
    Task<ValidationRule?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>A page of rules.</summary>
    [Alias("list")]
    Task<Page<ValidationRule>> ListAsync(ValidationRuleListQuery query, CancellationToken cancellation = default);

    /// <summary>A page of assignments.</summary>
    [Alias("list-assignments")]
    Task<Page<RuleAssignment>> ListAssignmentsAsync(RuleAssignmentListQuery query, CancellationToken cancellation = default);
}

/// <summary>Which rules to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Page">From 1.</param>
/// <param name="Order"><c>created_at</c>, <c>updated_at</c> or <c>name</c>, with a leading <c>-</c> for descending.</param>
/// <param name="CreatedAt">By time of creation.</param>
[GenerateSerializer, Immutable, Alias("validation-rule-list-query")]
public sealed record ValidationRuleListQuery(
    [property: Id(0)] int Limit, [property: Id(1)] int Page, [property: Id(2)] string Order, [property: Id(3)] TimeRange? CreatedAt = null);

/// <summary>Which assignments to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Page">From 1.</param>
/// <param name="Order"><c>created_at</c>, with a leading <c>-</c> for descending.</param>
/// <param name="RuleId">Only those of a rule.</param>
/// <param name="ObjectId">Only those of objects with this id, of whatever type.</param>
[GenerateSerializer, Immutable, Alias("rule-assignment-list-query")]
public sealed record RuleAssignmentListQuery(
    [property: Id(0)] int Limit, [property: Id(1)] int Page, [property: Id(2)] string Order, [property: Id(3)] string? RuleId = null, [property: Id(4)] string? ObjectId = null);

/// <summary>How the grains of validation rules are addressed.</summary>
public static class ValidationRuleAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The rules of a project, to change them.</summary>
        public IValidationRulesGrain ValidationRules(int project) => grains.At<IValidationRulesGrain>(GrainAddresses.Key(project));

        /// <summary>Reads over them.</summary>
        public IValidationRuleQueriesGrain ValidationRuleQueries(int project) => grains.At<IValidationRuleQueriesGrain>(GrainAddresses.Key(project));
    }
}
