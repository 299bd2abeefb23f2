namespace Marketing.ValidationRules;

/// <summary>A validation rule.</summary>
[GenerateSerializer, Immutable, Alias("validation-rule")]
public sealed record ValidationRule
{
    /// <summary><c>val_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The name.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>The conditions by number, and the logic between them.</summary>
    [Id(2)] public required RawJson Rules { get; init; }

    /// <summary>The products that have to be bought together; null where there never were any.</summary>
    [Id(3)] public RawJson? BundleRules { get; init; }

    /// <summary>What to say when it does not hold.</summary>
    [Id(4)] public RawJson? Error { get; init; }

    /// <summary>To which items a discount goes.</summary>
    [Id(5)] public required RawJson ApplicableTo { get; init; }

    /// <summary>One of <see cref="ValidationRuleTypes.All"/>.</summary>
    [Id(6)] public required string Type { get; init; }

    /// <summary>One of <see cref="RuleContexts.All"/>.</summary>
    [Id(7)] public required string ContextType { get; init; }

    /// <summary>When it was created.</summary>
    [Id(8)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    [Id(9)] public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>To how many objects it is assigned.</summary>
    [Id(10)] public long AssignmentsCount { get; init; }
}

/// <summary>What the caller says of a rule; null is not given. An empty object in place of <see cref="BundleRules"/> or <see cref="Error"/> takes it away.</summary>
[GenerateSerializer, Immutable, Alias("validation-rule-change")]
public sealed record ValidationRuleChange
{
    /// <summary>The name.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary>A JSON object: the conditions and the logic.</summary>
    [Id(1)] public RawJson? Rules { get; init; }

    /// <summary>A JSON object.</summary>
    [Id(2)] public RawJson? BundleRules { get; init; }

    /// <summary>A JSON object with <c>message</c>.</summary>
    [Id(3)] public RawJson? Error { get; init; }

    /// <summary>A JSON object.</summary>
    [Id(4)] public RawJson? ApplicableTo { get; init; }

    /// <summary>One of <see cref="ValidationRuleTypes.All"/>.</summary>
    [Id(5)] public string? Type { get; init; }

    /// <summary>One of <see cref="RuleContexts.All"/>.</summary>
    [Id(6)] public string? ContextType { get; init; }
}

/// <summary>A rule that is assigned to an object.</summary>
[GenerateSerializer, Immutable, Alias("rule-assignment")]
public sealed record RuleAssignment
{
    /// <summary><c>asgm_…</c></summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The rule.</summary>
    [Id(1)] public required string RuleId { get; init; }

    /// <summary>To what it is assigned.</summary>
    [Id(2)] public required RuleTarget Target { get; init; }

    /// <summary>Since when.</summary>
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a rule is assigned to.</summary>
/// <param name="Type">One of <see cref="RuleTargets.All"/>.</param>
/// <param name="ObjectId">The id of the object.</param>
[GenerateSerializer, Immutable, Alias("rule-target")]
public sealed record RuleTarget([property: Id(0)] string Type, [property: Id(1)] string ObjectId);

/// <summary>The kinds of objects that rules are assigned to.</summary>
public static class RuleTargets
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = ["voucher", "campaign", "earning_rule", "reward_assignment", "promotion_tier", "distribution"];
}

/// <summary>How a rule was made, in the words of the product. It changes nothing.</summary>
public static class ValidationRuleTypes
{
    /// <summary>All of them; the first is meant where none is given.</summary>
    public static readonly IReadOnlyList<string> All = ["expression", "basic", "advanced", "complex"];
}

/// <summary>How much there may be.</summary>
public static class ValidationRuleLimits
{
    /// <summary>Rules of a project.</summary>
    public const int RulesOfProject = 5_000;

    /// <summary>Assignments of a project; every silo has them in memory.</summary>
    public const int AssignmentsOfProject = 20_000;

    /// <summary>Rules of one object.</summary>
    public const int RulesOfObject = 100;

    /// <summary>A rule without its name, in bytes of UTF-8.</summary>
    public const int RuleBytes = 64 * 1024;

    /// <summary>Names and ids, in UTF-16 characters.</summary>
    public const int Name = 300;
}
