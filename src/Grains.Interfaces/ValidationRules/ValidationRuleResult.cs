namespace Marketing.ValidationRules;

/// <summary>Answer to a change of a rule.</summary>
[GenerateSerializer, Immutable, Alias("validation-rule-result")]
public abstract record ValidationRuleResult
{
    /// <summary>Durable, and what every silo decides by.</summary>
    [GenerateSerializer, Immutable, Alias("validation-rule-result.saved")]
    public sealed record Saved([property: Id(0)] ValidationRule Rule) : ValidationRuleResult;

    /// <summary>There is no such rule.</summary>
    [GenerateSerializer, Immutable, Alias("validation-rule-result.not-found")]
    public sealed record NotFound : ValidationRuleResult;

    /// <summary>It is not understood: where, and what would be right.</summary>
    [GenerateSerializer, Immutable, Alias("validation-rule-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : ValidationRuleResult;

    /// <summary>The project has <see cref="ValidationRuleLimits.RulesOfProject"/>.</summary>
    [GenerateSerializer, Immutable, Alias("validation-rule-result.too-many")]
    public sealed record TooMany : ValidationRuleResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("validation-rule-result.key-reused")]
    public sealed record KeyReused : ValidationRuleResult;

    /// <summary>The same request was done before, and the rule was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("validation-rule-result.deleted")]
    public sealed record Deleted : ValidationRuleResult;
}

/// <summary>Answer to the deletion of a rule.</summary>
[GenerateSerializer, Alias("validation-rule-deletion")]
public enum ValidationRuleDeletion
{
    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>There is no such rule.</summary>
    NotFound,

    /// <summary>It is assigned to something, which without it would take what it was to keep out.</summary>
    Assigned,
}

/// <summary>Answer to an assignment.</summary>
[GenerateSerializer, Immutable, Alias("rule-assignment-result")]
public abstract record RuleAssignmentResult
{
    /// <summary>Durable, and what every silo decides by.</summary>
    [GenerateSerializer, Immutable, Alias("rule-assignment-result.saved")]
    public sealed record Saved([property: Id(0)] RuleAssignment Assignment) : RuleAssignmentResult;

    /// <summary>There is no such object, <c>validation_rules</c> or a type of <see cref="RuleTargets.All"/>.</summary>
    [GenerateSerializer, Immutable, Alias("rule-assignment-result.not-found")]
    public sealed record NotFound([property: Id(0)] string Type, [property: Id(1)] string ObjectId) : RuleAssignmentResult;

    /// <summary>The rule is assigned to the object already, by the assignment with this id.</summary>
    [GenerateSerializer, Immutable, Alias("rule-assignment-result.duplicate")]
    public sealed record Duplicate([property: Id(0)] string Id) : RuleAssignmentResult;

    /// <summary>The project or the object has as many as it may have; in words.</summary>
    [GenerateSerializer, Immutable, Alias("rule-assignment-result.too-many")]
    public sealed record TooMany([property: Id(0)] string Message) : RuleAssignmentResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("rule-assignment-result.key-reused")]
    public sealed record KeyReused : RuleAssignmentResult;

    /// <summary>The same request was done before, and the assignment was ended since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("rule-assignment-result.deleted")]
    public sealed record Deleted : RuleAssignmentResult;
}

/// <summary>Answer to the end of an assignment.</summary>
[GenerateSerializer, Alias("rule-unassignment")]
public enum RuleUnassignment
{
    /// <summary>It is gone.</summary>
    Ended,

    /// <summary>There is no such rule.</summary>
    RuleNotFound,

    /// <summary>The rule has no such assignment.</summary>
    AssignmentNotFound,
}
