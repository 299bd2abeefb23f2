namespace Marketing.Promotions;

/// <summary>A promotion tier.</summary>
internal record PromotionTierChangeRequest
{
    /// <summary>1 to 300 characters. A new tier needs one.</summary>
    public string? Name { get; init; }

    /// <summary>What customers are to read.</summary>
    public string? Banner { get; init; }

    /// <summary>What it takes off. A new tier needs one.</summary>
    public PromotionActionRequest? Action { get; init; }

    public RawJson? Metadata { get; init; }

    /// <summary>The place among the tiers of the campaign, from 1.</summary>
    public int? Hierarchy { get; init; }

    /// <summary>Whether it is enabled.</summary>
    public bool? Active { get; init; }

    /// <summary>From when on; a day without a time is its beginning in the project's time zone.</summary>
    public string? StartDate { get; init; }

    /// <summary>Until when; a day without a time is its end in the project's time zone.</summary>
    public string? ExpirationDate { get; init; }

    /// <summary>A window that comes back, counted from the start.</summary>
    public RawJson? ValidityTimeframe { get; init; }

    /// <summary>Days of the week, 0 is Sunday.</summary>
    public IReadOnlyList<int>? ValidityDayOfWeek { get; init; }

    /// <summary>Hours of the day, in the project's time zone.</summary>
    public RawJson? ValidityHours { get; init; }

    /// <summary>The name of a category.</summary>
    public string? Category { get; init; }

    public string? CategoryId { get; init; }

    /// <summary>Ids of validation rules that are assigned to the tier, all of which must hold.</summary>
    public IReadOnlyList<string>? ValidationRules { get; init; }

    /// <summary>The same as a tier shows them: <c>data</c>, each with <c>rule_id</c>.</summary>
    public RawJson? ValidationRuleAssignments { get; init; }
}

/// <inheritdoc/>
internal sealed record PromotionTierRequest : PromotionTierChangeRequest;

/// <summary>What a tier does.</summary>
internal sealed record PromotionActionRequest
{
    /// <summary>AMOUNT, PERCENT, UNIT or FIXED, with what belongs to it.</summary>
    public RawJson? Discount { get; init; }
}

/// <summary>The tiers of a new campaign.</summary>
internal sealed record PromotionTiersRequest
{
    public IReadOnlyList<PromotionTierRequest>? Tiers { get; init; }
}

/// <summary>A promotion stack.</summary>
internal sealed record PromotionStackRequest
{
    /// <summary>1 to 300 characters. A new stack needs one.</summary>
    public string? Name { get; init; }

    public PromotionStackTiersRequest? Tiers { get; init; }

    public string? CategoryId { get; init; }
}

/// <summary>What a stack consists of.</summary>
internal sealed record PromotionStackTiersRequest
{
    /// <summary>Ids of 1 to 30 tiers of the campaign in the order in which they are used, none twice.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>MANUAL.</summary>
    public string? HierarchyMode { get; init; }
}

/// <summary>Promotion tiers.</summary>
internal sealed record PromotionTierListResponse(IReadOnlyList<RawJson> Tiers, long Total, bool HasMore)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "tiers";
}
