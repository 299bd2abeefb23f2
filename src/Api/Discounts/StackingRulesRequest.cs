namespace Marketing.Discounts;

// For the OpenAPI document; the rules are read where they are decided by.

/// <summary>Stacking rules.</summary>
internal sealed record StackingRulesRequest
{
    internal const string Example = """{"redeemables_limit":10,"redeemables_application_mode":"PARTIAL","redeemables_sorting_rule":"CATEGORY_HIERARCHY","exclusive_categories":["cat_0f2ba1284b565c235c"]}""";

    internal const string Change = """
        {"redeemables_limit":20,"applicable_redeemables_limit":1,"exclusive_categories":[],"joint_categories":["cat_0d74559c3e9030da13"],"initial_amount_mode_categories":[],
         "discounted_amount_mode_categories":[],"no_effect_skip_categories":[],"no_effect_redeem_anyway_categories":[]}
        """;

    /// <summary>How many a request may have, 1 to 30; 30 where it is absent.</summary>
    public int? RedeemablesLimit { get; init; }

    /// <summary>How many of them are applied, 1 to 30; 5 where it is absent.</summary>
    public int? ApplicableRedeemablesLimit { get; init; }

    /// <summary>How many of one category are applied; 1 where it is absent, as many as there are where it is null.</summary>
    public int? ApplicableRedeemablesPerCategoryLimit { get; init; }

    /// <summary>The same for categories with a limit of their own, by id.</summary>
    public IReadOnlyDictionary<string, int>? ApplicableRedeemablesCategoryLimits { get; init; }

    /// <summary>How many of exclusive categories are applied, 1 to 5; 1 where it is absent.</summary>
    public int? ApplicableExclusiveRedeemablesLimit { get; init; }

    /// <summary>How many of one exclusive category are applied; 1 where it is absent, as many as there are where it is null.</summary>
    public int? ApplicableExclusiveRedeemablesPerCategoryLimit { get; init; }

    /// <summary>Ids of categories that keep out all that are neither exclusive nor joint.</summary>
    public IReadOnlyList<string>? ExclusiveCategories { get; init; }

    /// <summary>Ids of categories that nothing keeps out.</summary>
    public IReadOnlyList<string>? JointCategories { get; init; }

    /// <summary>DISCOUNTED_AMOUNT or INITIAL_AMOUNT: of what percentages are computed.</summary>
    public string? DiscountCalculationMode { get; init; }

    /// <summary>Ids of categories that compute of the initial amount, whatever the project does.</summary>
    public IReadOnlyList<string>? InitialAmountModeCategories { get; init; }

    /// <summary>Ids of categories that compute of what is left, whatever the project does.</summary>
    public IReadOnlyList<string>? DiscountedAmountModeCategories { get; init; }

    /// <summary>ALL: none is applied where one is not valid. PARTIAL: the others are.</summary>
    public string? RedeemablesApplicationMode { get; init; }

    /// <summary>REQUESTED_ORDER or CATEGORY_HIERARCHY.</summary>
    public string? RedeemablesSortingRule { get; init; }

    /// <summary>STACK: a product takes every discount. ONCE: the first that hits it.</summary>
    public string? RedeemablesProductsApplicationMode { get; init; }

    /// <summary>REDEEM_ANYWAY or SKIP: what becomes of what takes nothing off.</summary>
    public string? RedeemablesNoEffectRule { get; init; }

    /// <summary>Ids of categories that are skipped where they take nothing off.</summary>
    public IReadOnlyList<string>? NoEffectSkipCategories { get; init; }

    /// <summary>Ids of categories that are redeemed all the same.</summary>
    public IReadOnlyList<string>? NoEffectRedeemAnywayCategories { get; init; }

    /// <summary>WITH_ORDER or WITHOUT_ORDER: whether a rollback cancels the order.</summary>
    public string? RedeemablesRollbackOrderMode { get; init; }

    /// <summary>JOINT_ALWAYS_LAST or SORTING_RULE: where joint ones come when there are exclusive ones.</summary>
    public string? GroupedRedeemablesSortingRule { get; init; }
}
