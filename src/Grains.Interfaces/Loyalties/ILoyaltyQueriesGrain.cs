using Marketing.Activity;

namespace Marketing.Loyalties;

/// <summary>Reads over the loyalty programmes of one project. Keyed by project number; any number of activations. Programmes are found by id or name, cards by code or id.</summary>
[Alias("loyalty-queries"), GrainInterfaceType("loyalty-queries")]
public interface ILoyaltyQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>The id of a programme; null where there is none, or it is another kind of campaign.</summary>
    [Alias("find-program")]
    Task<string?> FindProgramAsync(string idOrName, CancellationToken cancellation = default);

    /// <summary>The card of a member; null where there is none, or it belongs to another programme than was asked for.</summary>
    /// <param name="member">The card.</param>
    /// <param name="program">Its programme; null for any.</param>
    /// <param name="cancellation">Nobody wants it any more.</param>
    [Alias("find-member")]
    Task<LoyaltyMember?> FindMemberAsync(string member, string? program, CancellationToken cancellation = default);

    /// <summary>A page of members as wire JSON; null where the programme or the customer is not there.</summary>
    [Alias("members")]
    Task<Page<RawJson>?> MembersAsync(LoyaltyMemberQuery query, CancellationToken cancellation = default);

    /// <summary>Changes of points of a card as wire JSON.</summary>
    [Alias("listed-transactions")]
    Task<Listed> TransactionsAsync(string member, string? program, LedgerQuery query, CancellationToken cancellation = default);

    /// <summary>Changes of points of all cards of a programme as wire JSON.</summary>
    [Alias("listed-program-transactions")]
    Task<Listed> ProgramTransactionsAsync(string program, LedgerQuery query, CancellationToken cancellation = default);

    /// <summary>Points of a card that wait; null where there is no such card.</summary>
    [Alias("sorted-pending")]
    Task<Page<RawJson>?> PendingAsync(string member, string? program, PendingQuery query, CancellationToken cancellation = default);

    /// <summary>Points of all cards of a programme that wait; null where there is none.</summary>
    [Alias("sorted-program-pending")]
    Task<Page<RawJson>?> ProgramPendingAsync(string program, PendingQuery query, CancellationToken cancellation = default);

    /// <summary>Points of a card by when they end, those first that end first; null where there is no such card.</summary>
    [Alias("buckets")]
    Task<Page<RawJson>?> BucketsAsync(string member, string program, int limit, int page, CancellationToken cancellation = default);

    /// <summary>What happened to a member, the newest first; null where there is no such card.</summary>
    [Alias("activity")]
    Task<Page<ActivityEntry>?> ActivityAsync(string member, string? program, ActivityQuery query, CancellationToken cancellation = default);

    /// <summary>The tier of a member, if there is one; null where there is no such card.</summary>
    [Alias("tiers-of-member")]
    Task<IReadOnlyList<RawJson>?> TiersOfMemberAsync(string member, CancellationToken cancellation = default);

    /// <summary>The tiers of a programme, by where they begin; null where there is none.</summary>
    [Alias("tiers")]
    Task<IReadOnlyList<LoyaltyTierShown>?> TiersAsync(string program, CancellationToken cancellation = default);

    /// <summary>The earning rules of a programme, in the order in which they were made; null where there is none.</summary>
    [Alias("rules")]
    Task<IReadOnlyList<EarningRuleShown>?> RulesAsync(string program, CancellationToken cancellation = default);

    /// <summary>How many points a customer would get for an order that is paid, or why none: <see cref="LoyaltyResult.NotEarning"/>. Nothing is changed.</summary>
    /// <param name="program">The programme.</param>
    /// <param name="customer">The customer, by id or source id; null for somebody unknown.</param>
    /// <param name="order">The order in the wire format.</param>
    /// <param name="cancellation">Nobody wants it any more.</param>
    [Alias("estimate-points")]
    Task<LoyaltyResult> EstimateAsync(string program, string? customer, RawJson order, CancellationToken cancellation = default);
}

/// <summary>Which points that wait to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Ascending">Whether those come first that were earned first.</param>
/// <param name="StartingAfter">The id of the last ones of the page before.</param>
[GenerateSerializer, Immutable, Alias("pending-query")]
public sealed record PendingQuery([property: Id(0)] int Limit, [property: Id(1)] bool Ascending, [property: Id(2)] string? StartingAfter);

/// <summary>A member by the card.</summary>
/// <param name="Id">Voucher id.</param>
/// <param name="Voucher">The card as wire JSON.</param>
[GenerateSerializer, Immutable, Alias("loyalty-member")]
public sealed record LoyaltyMember([property: Id(0)] string Id, [property: Id(1)] RawJson Voucher);

/// <summary>Which members to list.</summary>
[GenerateSerializer, Immutable, Alias("loyalty-member-query")]
public sealed record LoyaltyMemberQuery
{
    /// <summary>The programme, by id or name.</summary>
    [Id(0)] public required string Program { get; init; }

    /// <summary>1..100.</summary>
    [Id(1)] public required int Limit { get; init; }

    /// <summary>From 1.</summary>
    [Id(2)] public required int Page { get; init; }

    /// <summary><c>created_at</c> or <c>updated_at</c>, with a leading <c>-</c> for descending.</summary>
    [Id(3)] public required string Order { get; init; }

    /// <summary>Only the cards of a customer, by id or source id.</summary>
    [Id(4)] public string? Customer { get; init; }

    /// <summary>Only cards with these codes or ids.</summary>
    [Id(5)] public IReadOnlyList<string>? Codes { get; init; }

    /// <summary>Only those who joined within a time.</summary>
    [Id(6)] public TimeRange? CreatedAt { get; init; }

    /// <summary>Only those whose cards changed within a time; not together with <see cref="CreatedAt"/>.</summary>
    [Id(7)] public TimeRange? UpdatedAt { get; init; }
}

/// <summary>A tier as it is listed.</summary>
/// <param name="Id">Tier id.</param>
/// <param name="Document">As wire JSON.</param>
/// <param name="Rules">Ids of the earning rules that are different in it.</param>
[GenerateSerializer, Immutable, Alias("loyalty-tier-shown")]
public sealed record LoyaltyTierShown([property: Id(0)] string Id, [property: Id(1)] RawJson Document, [property: Id(2)] IReadOnlyList<string> Rules);

/// <summary>An earning rule as it is listed.</summary>
/// <param name="Id">Rule id.</param>
/// <param name="Document">As wire JSON.</param>
[GenerateSerializer, Immutable, Alias("earning-rule-shown")]
public sealed record EarningRuleShown([property: Id(0)] string Id, [property: Id(1)] RawJson Document);

/// <summary>What time does to the members of a project. Keyed by project number.</summary>
[Alias("loyalty-night"), GrainInterfaceType("loyalty-night")]
public interface ILoyaltyNightGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Goes through the members for whom a day has come in the project's time zone: points that waited become points, tiers end, points expire. Each member is one transaction. Called every minute; where nothing is due it is
    /// one look, and what is interrupted goes on with the next call.
    /// </summary>
    [Alias("run")]
    Task RunAsync();
}

/// <summary>How the grains of loyalty programmes are addressed.</summary>
public static class LoyaltyAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>One card.</summary>
        public ILoyaltyCardGrain LoyaltyCard(int project, string voucherId) => grains.At<ILoyaltyCardGrain>(GrainAddresses.Key(project, voucherId));

        /// <summary>One programme.</summary>
        public ILoyaltyProgramGrain LoyaltyProgram(int project, string campaignId) => grains.At<ILoyaltyProgramGrain>(GrainAddresses.Key(project, campaignId));

        /// <summary>Reads over all programmes of a project.</summary>
        public ILoyaltyQueriesGrain LoyaltyQueries(int project) => grains.At<ILoyaltyQueriesGrain>(GrainAddresses.Key(project));

        /// <summary>The nights of a project.</summary>
        public ILoyaltyNightGrain LoyaltyNight(int project) => grains.At<ILoyaltyNightGrain>(GrainAddresses.Key(project));
    }
}
