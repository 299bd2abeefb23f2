namespace Marketing.Redemptions;

/// <summary>Answer to a validation.</summary>
[GenerateSerializer, Immutable, Alias("validation-result")]
public abstract record ValidationResult
{
    /// <summary>It was decided.</summary>
    /// <param name="Document">As wire JSON.</param>
    /// <param name="Valid">Whether it can be redeemed so.</param>
    /// <param name="First">What became of the first redeemable, for callers that have one only.</param>
    [GenerateSerializer, Immutable, Alias("validation-result.decided")]
    public sealed record Decided([property: Id(0)] RawJson Document, [property: Id(1)] bool Valid, [property: Id(2)] RedeemableOutcome First) : ValidationResult;

    /// <summary>The request itself is refused.</summary>
    [GenerateSerializer, Immutable, Alias("validation-result.refused")]
    public sealed record Refused([property: Id(0)] RedemptionError Error) : ValidationResult;
}

/// <summary>What became of one redeemable of a validation.</summary>
/// <param name="Redeemable">Its entry in the answer, as wire JSON.</param>
/// <param name="Entity">The voucher or the promotion tier, as wire JSON; null where there is none.</param>
/// <param name="Error">Why it does not apply; null where it does.</param>
[GenerateSerializer, Immutable, Alias("redeemable-outcome")]
public sealed record RedeemableOutcome([property: Id(0)] RawJson Redeemable, [property: Id(1)] RawJson? Entity, [property: Id(2)] RedemptionError? Error);

/// <summary>Answer to a redemption or a rollback.</summary>
[GenerateSerializer, Immutable, Alias("redemption-result")]
public abstract record RedemptionResult
{
    /// <summary>Durable, now or by an earlier request with the same idempotency key.</summary>
    /// <param name="Document">As wire JSON: <c>redemptions</c> or <c>rollbacks</c>, the parent where there are several, and the order.</param>
    [GenerateSerializer, Immutable, Alias("redemption-result.done")]
    public sealed record Done([property: Id(0)] RawJson Document) : RedemptionResult;

    /// <summary>It does not apply, which is recorded where there is something it could be recorded of.</summary>
    [GenerateSerializer, Immutable, Alias("redemption-result.refused")]
    public sealed record Refused([property: Id(0)] RedemptionError Error) : RedemptionResult;

    /// <summary>A field is refused.</summary>
    [GenerateSerializer, Immutable, Alias("redemption-result.invalid")]
    public sealed record Invalid([property: Id(0)] string Field, [property: Id(1)] string Message) : RedemptionResult;

    /// <summary>Metadata is not as the project's schemas say.</summary>
    [GenerateSerializer, Immutable, Alias("redemption-result.invalid-metadata")]
    public sealed record InvalidMetadata([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : RedemptionResult;

    /// <summary>Somebody else has the source id of the customer or of the order.</summary>
    /// <param name="Of"><c>Customer</c> or <c>Order</c>.</param>
    /// <param name="SourceId">The source id.</param>
    [GenerateSerializer, Immutable, Alias("redemption-result.duplicate-source-id")]
    public sealed record DuplicateSourceId([property: Id(0)] string Of, [property: Id(1)] string SourceId) : RedemptionResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("redemption-result.key-reused")]
    public sealed record KeyReused : RedemptionResult;

    /// <summary>The same request was done before, and what it made was deleted since.</summary>
    [GenerateSerializer, Immutable, Alias("redemption-result.deleted")]
    public sealed record Deleted([property: Id(0)] string Id) : RedemptionResult;
}

/// <summary>Why something is not redeemed or taken back, as the wire says it.</summary>
/// <param name="Code">HTTP status.</param>
/// <param name="Key">For programs.</param>
/// <param name="Message">For people.</param>
/// <param name="Details">What it is about.</param>
[GenerateSerializer, Immutable, Alias("redemption-error")]
public sealed record RedemptionError([property: Id(0)] int Code, [property: Id(1)] string Key, [property: Id(2)] string Message, [property: Id(3)] string? Details)
{
    /// <summary>The object that it is about, or that records it.</summary>
    [Id(4)] public string? ResourceId { get; init; }

    /// <summary>Of that.</summary>
    [Id(5)] public string? ResourceType { get; init; }

    /// <summary>What the shop wrote for its customer; null where it wrote nothing.</summary>
    [Id(6)] public string? ShopMessage { get; init; }
}
