namespace Marketing.Promotions;

/// <summary>Answer to a change of a promotion tier or stack.</summary>
[GenerateSerializer, Immutable, Alias("promotion-result")]
public abstract record PromotionResult
{
    /// <summary>Durable, and what every silo decides by: the tier or stack as wire JSON.</summary>
    [GenerateSerializer, Immutable, Alias("promotion-result.saved")]
    public sealed record Saved([property: Id(0)] RawJson Document) : PromotionResult;

    /// <summary>There is no such thing: <c>campaign</c>, <c>promotion_tier</c>, <c>promotion_stack</c> or <c>validation_rules</c>.</summary>
    [GenerateSerializer, Immutable, Alias("promotion-result.not-found")]
    public sealed record NotFound([property: Id(0)] string Type, [property: Id(1)] string Id) : PromotionResult;

    /// <summary>The campaign is of a type that has no tiers.</summary>
    [GenerateSerializer, Immutable, Alias("promotion-result.wrong-campaign")]
    public sealed record WrongCampaign([property: Id(0)] string Campaign, [property: Id(1)] string CampaignType) : PromotionResult;

    /// <summary>Fields are wrong: each with its path.</summary>
    [GenerateSerializer, Immutable, Alias("promotion-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : PromotionResult;

    /// <summary>Metadata is not as the project's schemas say.</summary>
    [GenerateSerializer, Immutable, Alias("promotion-result.invalid-metadata")]
    public sealed record InvalidMetadata([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : PromotionResult;

    /// <summary>There are as many as there may be; in words.</summary>
    [GenerateSerializer, Immutable, Alias("promotion-result.too-many")]
    public sealed record TooMany([property: Id(0)] string Rule) : PromotionResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("promotion-result.key-reused")]
    public sealed record KeyReused : PromotionResult;

    /// <summary>The same request was done before, and what it made was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("promotion-result.deleted")]
    public sealed record Deleted([property: Id(0)] string Type, [property: Id(1)] string Id) : PromotionResult;
}
