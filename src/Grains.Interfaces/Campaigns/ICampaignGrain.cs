namespace Marketing.Campaigns;

/// <summary>One campaign, whose changes are taken one at a time. Keyed by project and campaign id.</summary>
[Alias("campaign"), GrainInterfaceType("campaign")]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates the campaign, and starts the background job that makes its codes where any are asked for. A repetition with the same idempotency key answers the campaign as it is now, or
    /// <see cref="CampaignResult.Deleted"/>. Promotion tiers that are given are made with it or not at all.
    /// </summary>
    [Alias("create")]
    Task<CampaignResult> CreateAsync(CampaignCommand command, CommandContext context);

    /// <summary>
    /// Changes what is given. What codes are worth and when they hold changes for codes that were neither published nor redeemed; the others keep what they were given out with.
    /// Repeating it changes nothing.
    /// </summary>
    [Alias("change")]
    Task<CampaignResult> ChangeAsync(CampaignCommand command);

    /// <summary>Enables or disables the campaign: no code of a disabled one is redeemed or published. Repeating it changes nothing. False when there is none.</summary>
    [Alias("set-active")]
    Task<bool> SetActiveAsync(bool active);

    /// <summary>
    /// Starts a background job that adds codes; the answer is its id. Refused as <see cref="CampaignResult.Invalid"/> where the pattern has too little room. Repeating it with the same request id is
    /// the same job.
    /// </summary>
    [Alias("add-codes")]
    Task<CampaignResult> AddCodesAsync(CodesCommand command, CommandContext context);

    /// <summary>Deletes the campaign at once and its codes in a background job, whose id is the answer. Null when there is none.</summary>
    [Alias("delete")]
    Task<string?> DeleteAsync(CommandContext context);
}

/// <summary>Reads over the campaigns of one project. Keyed by project number; any number of activations.</summary>
[Alias("campaign-queries"), GrainInterfaceType("campaign-queries")]
public interface ICampaignQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>A campaign by id or name (the id wins), as wire JSON, or null.</summary>
    [Alias("find")]
    Task<RawJson?> FindAsync(string idOrName, CancellationToken cancellation = default);

    /// <summary>The id behind an id or a name, or null.</summary>
    [Alias("find-id")]
    Task<string?> FindIdAsync(string idOrName, CancellationToken cancellation = default);

    /// <summary>Campaigns with a text in their name, in any case.</summary>
    [Alias("search")]
    Task<IReadOnlyList<CampaignReference>> SearchAsync(string text, int limit, CancellationToken cancellation = default);

    /// <summary>A page of campaigns as wire JSON, or what is wrong with the filters.</summary>
    [Alias("list")]
    Task<CampaignPage> ListAsync(CampaignListQuery query, CancellationToken cancellation = default);

    /// <summary>Figures of a campaign since it was made: codes, publications, redemptions, amounts. Null when there is none.</summary>
    [Alias("summarize")]
    Task<CampaignSummary?> SummarizeAsync(string idOrName, CancellationToken cancellation = default);
}

/// <summary>A campaign by reference.</summary>
/// <param name="Id"><c>camp_…</c></param>
/// <param name="Name">The name.</param>
/// <param name="CampaignType">What its codes are.</param>
[GenerateSerializer, Immutable, Alias("campaign-reference")]
public sealed record CampaignReference([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string CampaignType);

/// <summary>Which campaigns to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Page">From 1.</param>
/// <param name="Order"><c>created_at</c>, <c>updated_at</c> or <c>name</c>, with a leading <c>-</c> for descending.</param>
/// <param name="CampaignType">Only those of a type.</param>
/// <param name="Active">Only those that are enabled, or are not.</param>
/// <param name="WithCategories">Whether they show their categories as a whole.</param>
/// <param name="Filters">Only those that meet these, written as filters of segments; null for all.</param>
[GenerateSerializer, Immutable, Alias("campaign-list-query")]
public sealed record CampaignListQuery(
    [property: Id(0)] int Limit, [property: Id(1)] int Page, [property: Id(2)] string Order, [property: Id(3)] string? CampaignType, [property: Id(4)] bool? Active,
    [property: Id(5)] bool WithCategories = false, [property: Id(6)] RawJson? Filters = null)
{
    /// <summary>Only those whose codes are so far: <c>DONE</c>, <c>IN_PROGRESS</c> or <c>FAILED</c>; none is anything else.</summary>
    [Id(7)] public string? Status { get; init; }

    /// <summary>Only referral programmes, or only others.</summary>
    [Id(8)] public bool? IsReferral { get; init; }
}

/// <summary>Answer to a list of campaigns.</summary>
/// <param name="Page">The campaigns; empty where something is wrong.</param>
/// <param name="Problems">What is wrong with the filters, by field; empty where nothing is.</param>
[GenerateSerializer, Immutable, Alias("campaign-page")]
public sealed record CampaignPage([property: Id(0)] Page<RawJson> Page, [property: Id(1)] IReadOnlyList<FieldProblem> Problems);

/// <summary>Figures of a campaign, by the names of the wire format.</summary>
/// <param name="Campaign">The campaign as wire JSON.</param>
/// <param name="CampaignType">Which figures are of interest.</param>
/// <param name="Figures">Figures that are not 0.</param>
[GenerateSerializer, Immutable, Alias("campaign-summary")]
public sealed record CampaignSummary(
    [property: Id(0)] RawJson Campaign, [property: Id(1)] string CampaignType, [property: Id(2)] IReadOnlyDictionary<string, long> Figures);

/// <summary>What the caller says of a campaign; absent fields stay as they are.</summary>
[GenerateSerializer, Immutable, Alias("campaign-command")]
public sealed record CampaignCommand
{
    /// <summary>The name, which no other campaign of the project has. Fixed once set.</summary>
    [Id(0)] public string? Name { get; init; }

    /// <summary><c>DISCOUNT_COUPONS</c>, <c>GIFT_VOUCHERS</c>, <c>PROMOTION</c>. Fixed once set.</summary>
    [Id(1)] public string? CampaignType { get; init; }

    /// <summary><c>AUTO_UPDATE</c>, <c>STATIC</c> or <c>STANDALONE</c>.</summary>
    [Id(2)] public string? Type { get; init; }

    /// <summary>The other fields that are given, in the wire format, a null where one is to be without a value.</summary>
    [Id(3)] public RawJson Fields { get; init; } = RawJson.EmptyObject;

    /// <summary>What codes are worth, in the wire format of a campaign's <c>voucher</c>; fields that are given replace what was there.</summary>
    [Id(4)] public RawJson? Voucher { get; init; }

    /// <summary>A JSON object, merged key by key.</summary>
    [Id(5)] public RawJson? Metadata { get; init; }

    /// <summary>Keys of the metadata that are to go.</summary>
    [Id(6)] public IReadOnlyList<string> UnsetMetadata { get; init; } = [];

    /// <summary>How many codes to make, 0..<see cref="CampaignLimits.Codes"/>.</summary>
    [Id(7)] public long VouchersCount { get; init; }

    /// <summary>Whether a new one is enabled.</summary>
    [Id(8)] public bool Active { get; init; } = true;

    /// <summary>Of a new one: what it consists of besides codes, as the feature knows it whose it is; for <c>PROMOTION</c> a JSON array of promotion tiers.</summary>
    [Id(10)] public RawJson? Content { get; init; }
    /// <summary>Ids of validation rules that a new one has from its beginning.</summary>
    [Id(9)] public IReadOnlyList<string> ValidationRules { get; init; } = [];
}

/// <summary>Codes to add to a campaign.</summary>
/// <param name="Count">1..<see cref="CampaignLimits.Codes"/>.</param>
/// <param name="Fields">Fields of each code in the wire format: metadata, redemption, dates.</param>
/// <param name="CodeConfig">How codes look, where it is not as the campaign says.</param>
[GenerateSerializer, Immutable, Alias("codes-command")]
public sealed record CodesCommand([property: Id(0)] long Count, [property: Id(1)] RawJson Fields, [property: Id(2)] RawJson? CodeConfig);

/// <summary>Answer to a change of a campaign.</summary>
[GenerateSerializer, Immutable, Alias("campaign-result")]
public abstract record CampaignResult
{
    /// <summary>Durable: the campaign as wire JSON.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-result.saved")]
    public sealed record Saved([property: Id(0)] RawJson Campaign) : CampaignResult;

    /// <summary>The background job is durable.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-result.started")]
    public sealed record Started([property: Id(0)] string ActionId) : CampaignResult;

    /// <summary>There is no such thing: <c>campaign</c> or <c>validation_rules</c>.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-result.not-found")]
    public sealed record NotFound([property: Id(0)] string Type, [property: Id(1)] string Id) : CampaignResult;

    /// <summary>Another campaign has the name.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-result.duplicate")]
    public sealed record Duplicate([property: Id(0)] string Name) : CampaignResult;

    /// <summary>It does not go together: what, and why.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-result.invalid")]
    public sealed record Invalid([property: Id(0)] string Field, [property: Id(1)] string Rule) : CampaignResult;

    /// <summary>Metadata is not as the project's schemas say: all that is wrong with it.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-result.invalid-metadata")]
    public sealed record InvalidMetadata([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : CampaignResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-result.key-reused")]
    public sealed record KeyReused : CampaignResult;

    /// <summary>The same request was done before, and the campaign was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-result.deleted")]
    public sealed record Deleted([property: Id(0)] string Id) : CampaignResult;

    /// <summary>Fields of what it consists of are wrong: each with its path in the request.</summary>
    [GenerateSerializer, Immutable, Alias("campaign-result.invalid-fields")]
    public sealed record InvalidFields([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : CampaignResult;
}

/// <summary>Limits of campaigns.</summary>
public static class CampaignLimits
{
    /// <summary>The most codes that one request makes.</summary>
    public const long Codes = 10_000_000;

    /// <summary>The most campaigns of a project.</summary>
    public const int OfProject = 10_000;

    /// <summary>The most bytes of a campaign.</summary>
    public const int ObjectBytes = 65_536;
}

/// <summary>The background jobs of campaigns. What codes are is not the campaign's to know: these are done by the feature of vouchers.</summary>
public static class CampaignJobs
{
    /// <summary>Makes codes.</summary>
    public const string Generate = "CAMPAIGNS.VOUCHERS_GENERATE";

    /// <summary>Deletes the codes of a campaign that is gone.</summary>
    public const string Delete = "CAMPAIGNS.DELETE";
}

/// <summary>How the grains of campaigns are addressed.</summary>
public static class CampaignAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>One campaign.</summary>
        public ICampaignGrain Campaign(int project, string campaignId) => grains.At<ICampaignGrain>(GrainAddresses.Key(project, campaignId));

        /// <summary>Reads over all campaigns of a project.</summary>
        public ICampaignQueriesGrain CampaignQueries(int project) => grains.At<ICampaignQueriesGrain>(GrainAddresses.Key(project));
    }
}
