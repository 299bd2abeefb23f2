namespace Marketing.Loyalties;

/// <summary>
/// One loyalty card that a customer holds, whose changes are taken one at a time. Keyed by project and voucher id. Points are whole; every change is a row of the card's ledger, whose sum is the balance, and whatever days
/// have passed since the last change are accounted for before it.
/// </summary>
[Alias("loyalty-card"), GrainInterfaceType("loyalty-card")]
public interface ILoyaltyCardGrain : IGrainWithStringKey
{
    /// <summary>
    /// Adds points, or takes some, those first that end first. With a source id the same again changes nothing and answers the same; other points under it are <see cref="LoyaltyResult.DuplicateSourceId"/>. More than there is
    /// is <see cref="LoyaltyResult.OutOfBounds"/>.
    /// </summary>
    [Alias("change-balance")]
    Task<LoyaltyResult> ChangeBalanceAsync(PointsChange change, CommandContext context);

    /// <summary>
    /// Moves points from other cards to this one, all or none. They expire as if they had been earned today. A source id that was used before is <see cref="LoyaltyResult.DuplicateSourceId"/>, unless all of the request is
    /// the same: then it changes nothing. Answers the card.
    /// </summary>
    [Alias("transfer-in")]
    Task<LoyaltyResult> TransferInAsync(IReadOnlyList<PointsTransfer> transfers, CommandContext context);

    /// <summary>Makes points of some that wait, before their day. Answers the balance. Those that do not wait any more are <see cref="LoyaltyResult.NotPending"/>.</summary>
    [Alias("activate")]
    Task<LoyaltyResult> ActivateAsync(string pendingId, CommandContext context);

    /// <summary>Adds to points that wait, or takes of them; at least one must be left. Answers how many wait. Not to be repeated without an idempotency key.</summary>
    [Alias("adjust")]
    Task<LoyaltyResult> AdjustAsync(string pendingId, long points, CommandContext context);

    /// <summary>Ends that points wait: they never become points.</summary>
    [Alias("cancel")]
    Task<LoyaltyResult> CancelAsync(string pendingId, CommandContext context);

    /// <summary>
    /// Puts on the card what its holder had elsewhere. Nobody is told, and nothing is earned by it. With a key the same again changes nothing and answers the mark of the first; other points under it are
    /// <see cref="LoyaltyResult.DuplicateSourceId"/>.
    /// </summary>
    [Alias("import")]
    Task<LoyaltyResult> ImportAsync(PointsImport import, CommandContext context);
}

/// <summary>What a member had elsewhere.</summary>
[GenerateSerializer, Immutable, Alias("points-import")]
public sealed record PointsImport
{
    /// <summary>How many; 0 for none.</summary>
    [Id(0)] public required long Points { get; init; }

    /// <summary>When they expire.</summary>
    [Id(1)] public PointsExpiry Expiry { get; init; }

    /// <summary>Their last day, for <see cref="PointsExpiry.Date"/>.</summary>
    [Id(2)] public DateOnly? Ends { get; init; }

    /// <summary>The name of the member's tier; null where the points decide.</summary>
    [Id(3)] public string? Tier { get; init; }

    /// <summary>The last day of the tier.</summary>
    [Id(4)] public DateOnly? TierEnds { get; init; }

    /// <summary>What makes it the same again; null where it does no harm to be done again.</summary>
    [Id(5)] public string? Key { get; init; }

    /// <summary>What is answered, now and when it comes again: a JSON object.</summary>
    [Id(6)] public required RawJson Mark { get; init; }
}

/// <summary>Kinds of background jobs.</summary>
public static class LoyaltyJobs
{
    /// <summary>A file of cards with their holders and points.</summary>
    public const string ImportMembers = "LOYALTIES.MEMBERS_IMPORT_CSV";
}

/// <summary>A change of a card's balance.</summary>
[GenerateSerializer, Immutable, Alias("points-change")]
public sealed record PointsChange
{
    /// <summary>How many; less than 0 takes points.</summary>
    [Id(0)] public required long Points { get; init; }

    /// <summary>The shop's id of the change.</summary>
    [Id(1)] public string? SourceId { get; init; }

    /// <summary>Why.</summary>
    [Id(2)] public string? Reason { get; init; }

    /// <summary>When points that are added expire.</summary>
    [Id(3)] public PointsExpiry Expiry { get; init; }

    /// <summary>Their last day, for <see cref="PointsExpiry.Date"/>.</summary>
    [Id(4)] public DateOnly? Ends { get; init; }
}

/// <summary>When points expire that are added by hand.</summary>
public enum PointsExpiry
{
    /// <summary>As the programme says.</summary>
    Program,

    /// <summary>At the end of a day.</summary>
    Date,

    /// <summary>Never.</summary>
    Never,
}

/// <summary>Points to be moved.</summary>
/// <param name="Code">The card they come from, by code or id; one of the same programme.</param>
/// <param name="Points">How many, at least 1.</param>
/// <param name="Reason">Why.</param>
/// <param name="SourceId">The shop's id of it.</param>
[GenerateSerializer, Immutable, Alias("points-transfer")]
public sealed record PointsTransfer([property: Id(0)] string Code, [property: Id(1)] long Points, [property: Id(2)] string? Reason, [property: Id(3)] string? SourceId);

/// <summary>Why nothing is earned.</summary>
public enum NotEarningBecause
{
    /// <summary>The programme is disabled, or its dates do not hold.</summary>
    Program,

    /// <summary>The customer has no card, and the programme is not joined by earning.</summary>
    NoMember,

    /// <summary>The card is disabled.</summary>
    Card,
}

/// <summary>Answer to a change of a card, or of a programme.</summary>
[GenerateSerializer, Immutable, Alias("loyalty-result")]
public abstract record LoyaltyResult
{
    /// <summary>Durable: the answer as wire JSON.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.saved")]
    public sealed record Saved([property: Id(0)] RawJson Document) : LoyaltyResult;

    /// <summary>Durable: several answers as wire JSON.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.all-saved")]
    public sealed record AllSaved([property: Id(0)] IReadOnlyList<RawJson> Documents) : LoyaltyResult;

    /// <summary>There is no such thing: <c>voucher</c>, <c>campaign</c>, <c>pending_points</c>, <c>earning_rule</c>, <c>loyalty_tier</c>.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.not-found")]
    public sealed record NotFound([property: Id(0)] string Type, [property: Id(1)] string Id) : LoyaltyResult;

    /// <summary>Nobody holds the card.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.not-held")]
    public sealed record NotHeld([property: Id(0)] string Id) : LoyaltyResult;

    /// <summary>There are fewer points than were to be taken, or there would be more than a card holds.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.out-of-bounds")]
    public sealed record OutOfBounds([property: Id(0)] long Balance) : LoyaltyResult;

    /// <summary>The points do not wait any more.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.not-pending")]
    public sealed record NotPending([property: Id(0)] string Status) : LoyaltyResult;

    /// <summary>Nothing is earned.</summary>
    /// <param name="Why">Why.</param>
    /// <param name="Of">The id of the programme, or the code of the card.</param>
    [GenerateSerializer, Immutable, Alias("loyalty-result.not-earning")]
    public sealed record NotEarning([property: Id(0)] NotEarningBecause Why, [property: Id(1)] string Of) : LoyaltyResult;

    /// <summary>The source id was used for another change.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.duplicate-source-id")]
    public sealed record DuplicateSourceId([property: Id(0)] string SourceId) : LoyaltyResult;

    /// <summary>Fields are wrong: each with its path in the request.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.invalid")]
    public sealed record Invalid([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : LoyaltyResult;

    /// <summary>Metadata is not as the project's schemas say.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.invalid-metadata")]
    public sealed record InvalidMetadata([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : LoyaltyResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.key-reused")]
    public sealed record KeyReused : LoyaltyResult;

    /// <summary>The same request was done before, and what it made was deleted since.</summary>
    [GenerateSerializer, Immutable, Alias("loyalty-result.deleted")]
    public sealed record Deleted([property: Id(0)] string Type, [property: Id(1)] string Id) : LoyaltyResult;
}
