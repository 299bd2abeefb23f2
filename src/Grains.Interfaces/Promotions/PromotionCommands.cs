namespace Marketing.Promotions;

/// <summary>What the caller says of a promotion tier; what is absent stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("promotion-tier-command")]
public sealed record PromotionTierCommand
{
    /// <summary>The name, 1..300 characters.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary>The other fields that are given, in the wire format, a null where one is to be without a value: banner, action, dates, category.</summary>
    [Id(1)] public RawJson Fields { get; init; } = RawJson.EmptyObject;

    /// <summary>The place among the tiers of the campaign, 1..<see cref="PromotionLimits.Hierarchy"/>. A new one without it is the last.</summary>
    [Id(2)] public int? Hierarchy { get; init; }

    /// <summary>Whether it is enabled; a new one is where nothing is said.</summary>
    [Id(3)] public bool? Active { get; init; }

    /// <summary>A JSON object, merged key by key.</summary>
    [Id(4)] public RawJson? Metadata { get; init; }

    /// <summary>Ids of validation rules that are assigned to it.</summary>
    [Id(5)] public IReadOnlyList<string> ValidationRules { get; init; } = [];
}

/// <summary>What the caller says of a promotion stack; what is absent stays as it is.</summary>
[GenerateSerializer, Immutable, Alias("promotion-stack-command")]
public sealed record PromotionStackCommand
{
    /// <summary>The name, 1..300 characters.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary>The tiers in the order in which they are used, 1..<see cref="PromotionLimits.TiersOfStack"/>, none twice.</summary>
    [Id(1)] public IReadOnlyList<string>? Tiers { get; init; }

    /// <summary>The category; an empty text takes it away.</summary>
    [Id(2)] public string? CategoryId { get; init; }
}

/// <summary>How much there may be. Every silo keeps all tiers and stacks of a project.</summary>
public static class PromotionLimits
{
    /// <summary>Tiers of a project.</summary>
    public const int TiersOfProject = 1_000;

    /// <summary>Stacks of a project.</summary>
    public const int StacksOfProject = 1_000;

    /// <summary>Tiers of a stack.</summary>
    public const int TiersOfStack = 30;

    /// <summary>The last place a tier can be given.</summary>
    public const int Hierarchy = 1_000_000;

    /// <summary>The most bytes of a tier.</summary>
    public const int ObjectBytes = 65_536;
}
