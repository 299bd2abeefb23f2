namespace Marketing.ValidationRules;

/// <summary>A validation rule.</summary>
internal record ValidationRuleChangeRequest
{
    /// <summary>1 to 300 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Conditions by number from 1, each with name, conditions, rules within it and error, and logic: how they are combined, such as <c>1 and (2 or 3)</c>.</summary>
    public RawJson? Rules { get; init; }

    /// <summary>What has to be bought together, by number from 1, and limit: how many times it counts.</summary>
    public RawJson? BundleRules { get; init; }

    /// <summary>With message: what to say where a condition has none of its own.</summary>
    public RawJson? Error { get; init; }

    /// <summary>With included, excluded and included_all: to which items a discount goes.</summary>
    public RawJson? ApplicableTo { get; init; }

    /// <summary>expression, basic, advanced or complex; it changes nothing.</summary>
    public string? Type { get; init; }

    /// <summary>For what the rule is, such as campaign.discount_coupons.</summary>
    public string? ContextType { get; init; }
}

/// <summary>A validation rule.</summary>
internal sealed record ValidationRuleRequest : ValidationRuleChangeRequest
{
    public new required string Name { get; init; }
}

/// <summary>A validation rule.</summary>
internal sealed record ValidationRuleResponse
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required RawJson Rules { get; init; }

    public RawJson? BundleRules { get; init; }

    public RawJson? Error { get; init; }

    public required RawJson ApplicableTo { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public required string Type { get; init; }

    public required string ContextType { get; init; }

    /// <summary>To how many objects it is assigned.</summary>
    public required long AssignmentsCount { get; init; }

    public string Object { get; } = "validation_rules";

    public static ValidationRuleResponse From(ValidationRule rule) => new()
    {
        Id = rule.Id,
        Name = rule.Name,
        Rules = rule.Rules,
        BundleRules = rule.BundleRules,
        Error = rule.Error,
        ApplicableTo = rule.ApplicableTo,
        CreatedAt = rule.CreatedAt,
        UpdatedAt = rule.UpdatedAt,
        Type = rule.Type,
        ContextType = rule.ContextType,
        AssignmentsCount = rule.AssignmentsCount,
    };
}

/// <summary>What to assign a rule to.</summary>
internal sealed record RuleAssignmentRequest
{
    /// <summary>voucher, campaign, earning_rule, reward_assignment, promotion_tier or distribution; voucher where it is not said.</summary>
    public string? RelatedObjectType { get; init; }

    public required string RelatedObjectId { get; init; }
}

/// <summary>A rule that is assigned to an object.</summary>
internal sealed record RuleAssignmentResponse
{
    public required string Id { get; init; }

    public required string RuleId { get; init; }

    public required string RelatedObjectId { get; init; }

    public required string RelatedObjectType { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string Object { get; } = "validation_rules_assignment";

    public static RuleAssignmentResponse From(RuleAssignment assignment) => new()
    {
        Id = assignment.Id,
        RuleId = assignment.RuleId,
        RelatedObjectId = assignment.Target.ObjectId,
        RelatedObjectType = assignment.Target.Type,
        CreatedAt = assignment.CreatedAt,
    };
}

/// <summary>A page of assignments.</summary>
internal sealed record RuleAssignmentListResponse(IReadOnlyList<RuleAssignmentResponse> Data, long Total)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "data";

    /// <summary>Whether there are more than total.</summary>
    public bool? TotalIsMinimum { get; init; }

    public static RuleAssignmentListResponse From(Page<RuleAssignment> page) =>
        new([.. page.Items.Select(RuleAssignmentResponse.From)], page.Total) { TotalIsMinimum = page.TotalIsMinimum ? true : null };
}
