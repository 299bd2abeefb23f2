using System.Collections.Immutable;

namespace Marketing.Discounts;

/// <summary>How several redeemables of one request go together: a project's setting. The defaults are the product's.</summary>
internal sealed record StackingRules
{
    public static readonly StackingRules Default = new();

    /// <summary>How many a request may have.</summary>
    public int RedeemablesLimit { get; init; } = 30;

    /// <summary>How many of them are applied.</summary>
    public int ApplicableLimit { get; init; } = 5;

    /// <summary>How many of one category; null for as many as there are.</summary>
    public int? PerCategoryLimit { get; init; } = 1;

    /// <summary>The same for categories that have a limit of their own, by id.</summary>
    public ImmutableSortedDictionary<string, int> CategoryLimits { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>How many of exclusive categories.</summary>
    public int ExclusiveLimit { get; init; } = 1;

    /// <summary>How many of one exclusive category; null for as many as there are.</summary>
    public int? ExclusivePerCategoryLimit { get; init; } = 1;

    /// <summary>Ids of categories that keep out all that are neither exclusive nor joint.</summary>
    public ImmutableHashSet<string> ExclusiveCategories { get; init; } = [];

    /// <summary>Ids of categories that nothing keeps out.</summary>
    public ImmutableHashSet<string> JointCategories { get; init; } = [];

    public CalculationMode CalculationMode { get; init; } = CalculationMode.DiscountedAmount;

    /// <summary>Ids of categories that calculate otherwise than the project.</summary>
    public ImmutableHashSet<string> InitialAmountCategories { get; init; } = [];

    public ImmutableHashSet<string> DiscountedAmountCategories { get; init; } = [];

    public ApplicationMode ApplicationMode { get; init; } = ApplicationMode.All;

    public SortingRule SortingRule { get; init; } = SortingRule.RequestedOrder;

    public ProductsMode ProductsMode { get; init; } = ProductsMode.Stack;

    public NoEffectRule NoEffectRule { get; init; } = NoEffectRule.RedeemAnyway;

    /// <summary>Ids of categories for which it is otherwise than for the project.</summary>
    public ImmutableHashSet<string> NoEffectSkipCategories { get; init; } = [];

    public ImmutableHashSet<string> NoEffectRedeemAnywayCategories { get; init; } = [];

    public RollbackOrderMode RollbackOrderMode { get; init; } = RollbackOrderMode.WithOrder;

    public GroupedSorting GroupedSorting { get; init; } = GroupedSorting.JointAlwaysLast;
}

/// <summary>What becomes of a request of which one redeemable does not apply.</summary>
internal enum ApplicationMode
{
    /// <summary>None is applied.</summary>
    All,

    /// <summary>The others are.</summary>
    Partial,
}

/// <summary>In what order redeemables are applied.</summary>
internal enum SortingRule
{
    RequestedOrder,

    /// <summary>By the place of their category, the lowest number first.</summary>
    CategoryHierarchy,
}

/// <summary>How many discounts a product takes.</summary>
internal enum ProductsMode
{
    Stack,

    /// <summary>The first that hits it.</summary>
    Once,
}

/// <summary>What becomes of a redeemable that takes nothing off.</summary>
internal enum NoEffectRule
{
    RedeemAnyway,
    Skip,
}

/// <summary>What a rollback does to the order.</summary>
internal enum RollbackOrderMode
{
    WithOrder,
    WithoutOrder,
}

/// <summary>Where joint redeemables come when there are exclusive ones.</summary>
internal enum GroupedSorting
{
    JointAlwaysLast,

    /// <summary>Where the sorting rule puts them.</summary>
    SortingRule,
}
