using Marketing.Redemptions;

namespace Marketing.Qualifications;

/// <summary>For whom and for what something is looked for, and what of it is wanted.</summary>
[GenerateSerializer, Immutable, Alias("qualification-query")]
public sealed record QualificationQuery
{
    /// <summary>The customer, the order and the metadata, as of a validation. It has no redeemables and no session.</summary>
    [Id(0)] public required RedemptionCommand Request { get; init; }

    /// <summary>What is in question.</summary>
    [Id(1)] public QualificationScenario Scenario { get; init; }

    /// <summary>The most that are answered, at least 1.</summary>
    [Id(2)] public required int Limit { get; init; }

    /// <summary>Where the page before ended, as its answer says; null for the first page.</summary>
    [Id(3)] public DateTimeOffset? StartingAfter { get; init; }

    /// <summary>Filters of the reference, as JSON; null for none.</summary>
    [Id(4)] public RawJson? Filters { get; init; }

    /// <summary>In which order.</summary>
    [Id(5)] public QualificationOrder Order { get; init; }

    /// <summary>Whether what sessions hold of gift cards is shown.</summary>
    [Id(6)] public bool ShowsHeldCredits { get; init; }

    /// <summary>Where what is in question comes from; null for what the scenario says.</summary>
    [Id(7)] public QualificationSources? Sources { get; init; }

    /// <summary>Whether the objects themselves are wanted besides.</summary>
    [Id(8)] public bool WithObjects { get; init; }
}

/// <summary>What is in question, by the names of the reference.</summary>
public enum QualificationScenario
{
    /// <summary>Everything the customer could use.</summary>
    All,

    /// <summary>Codes that the customer was given.</summary>
    CustomerWallet,

    /// <summary>Everything, by conditions on the customer alone: neither the order nor limits are looked at.</summary>
    AudienceOnly,

    /// <summary>What is about products of the order: its discount goes to them, or a rule of it asks for them.</summary>
    Products,

    /// <summary>What takes something off products of the order.</summary>
    ProductsDiscount,

    /// <summary>Promotion stacks.</summary>
    PromotionStacks,

    /// <summary>As <see cref="Products"/>, and nothing where nobody says for whom.</summary>
    ProductsByCustomer,

    /// <summary>As <see cref="ProductsDiscount"/>, likewise.</summary>
    ProductsDiscountByCustomer,
}

/// <summary>In which order they are answered.</summary>
public enum QualificationOrder
{
    /// <summary>The newest first.</summary>
    Newest,

    /// <summary>What takes off most first.</summary>
    BestDeal,

    /// <summary>What takes off least first.</summary>
    LeastDeal,
}

/// <summary>Where what is in question comes from.</summary>
[Flags]
public enum QualificationSources
{
    /// <summary>Nothing is.</summary>
    None = 0,

    /// <summary>Promotion tiers.</summary>
    Tiers = 1,

    /// <summary>Codes that the customer was given.</summary>
    Wallet = 2,

    /// <summary>Codes for everybody: of no campaign, or of one with a single code, and given to nobody.</summary>
    Generic = 4,

    /// <summary>Campaigns of which a customer could be given a code.</summary>
    Campaigns = 8,

    /// <summary>Promotion stacks.</summary>
    Stacks = 16,
}
