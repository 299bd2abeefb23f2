namespace Marketing.Vouchers;

/// <summary>One voucher, whose changes are taken one at a time. Keyed by project and voucher id.</summary>
[Alias("voucher"), GrainInterfaceType("voucher")]
public interface IVoucherGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates the voucher, under the code that is given or one that is made. A repetition with the same idempotency key answers the voucher as it is now, or
    /// <see cref="VoucherResult.Deleted"/>.
    /// </summary>
    [Alias("create")]
    Task<VoucherResult> CreateAsync(VoucherCommand command, CommandContext context);

    /// <summary>Changes what is given. The type and the code stay. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<VoucherResult> ChangeAsync(VoucherCommand command, CommandContext context);

    /// <summary>Enables or disables the voucher. Repeating it changes nothing.</summary>
    [Alias("set-active")]
    Task<VoucherResult> SetActiveAsync(bool active);

    /// <summary>Deletes the voucher for good. False when there was none.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync();

    /// <summary>
    /// Adds credits to a gift card, or takes some. With a source id, the same again changes nothing and answers the same; another amount under it is
    /// <see cref="VoucherResult.DuplicateSourceId"/>.
    /// </summary>
    /// <param name="change">How much, and why.</param>
    /// <param name="context">Who asks.</param>
    [Alias("change-balance")]
    Task<VoucherResult> ChangeBalanceAsync(CreditsChange change, CommandContext context);
}

/// <summary>Reads over the vouchers of one project. Keyed by project number; any number of activations.</summary>
[Alias("voucher-queries"), GrainInterfaceType("voucher-queries")]
public interface IVoucherQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>A voucher by code or id (the code wins), as wire JSON, or null.</summary>
    [Alias("find")]
    Task<RawJson?> FindAsync(string codeOrId, CancellationToken cancellation = default);

    /// <summary>The id behind a code or an id, or null.</summary>
    [Alias("find-id")]
    Task<string?> FindIdAsync(string codeOrId, CancellationToken cancellation = default);

    /// <summary>The code behind the token of a link to a picture of it; null where it is not one of the project's, or the voucher is gone.</summary>
    [Alias("code-of-asset")]
    Task<string?> CodeOfAssetAsync(string token, CancellationToken cancellation = default);

    /// <summary>A page of vouchers as wire JSON.</summary>
    [Alias("listed")]
    Task<Listed> ListAsync(VoucherListQuery query, CancellationToken cancellation = default);

    /// <summary>Changes of a gift card's balance as wire JSON.</summary>
    /// <param name="codeOrId">The voucher.</param>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Nobody wants it any more.</param>
    [Alias("listed-transactions")]
    Task<Listed> TransactionsAsync(string codeOrId, LedgerQuery query, CancellationToken cancellation = default);

    /// <summary>Changes of the balances of a campaign's gift cards as wire JSON.</summary>
    /// <param name="campaign">The campaign, by id or name.</param>
    /// <param name="query">Which ones.</param>
    /// <param name="cancellation">Nobody wants it any more.</param>
    [Alias("listed-campaign-transactions")]
    Task<Listed> CampaignTransactionsAsync(string campaign, LedgerQuery query, CancellationToken cancellation = default);

    /// <summary>The codes and cards that a customer was given; null when there is no such customer.</summary>
    [Alias("held")]
    Task<HeldPage?> HeldAsync(HeldQuery query, CancellationToken cancellation = default);
}

/// <summary>What the caller says of a voucher.</summary>
[GenerateSerializer, Immutable, Alias("voucher-command")]
public sealed record VoucherCommand
{
    /// <summary>The code; null for one that is made.</summary>
    [Id(0)] public string? Code { get; init; }

    /// <summary>How a code that is made looks.</summary>
    [Id(1)] public RawJson? CodeConfig { get; init; }

    /// <summary>The campaign it belongs to, by id or name; null for none.</summary>
    [Id(2)] public string? Campaign { get; init; }

    /// <summary><c>DISCOUNT_VOUCHER</c> or <c>GIFT_VOUCHER</c>; that of the campaign where there is one.</summary>
    [Id(3)] public string? Type { get; init; }

    /// <summary>The other fields that are given, in the wire format, a null where one is to be without a value.</summary>
    [Id(4)] public RawJson Fields { get; init; } = RawJson.EmptyObject;

    /// <summary>A JSON object, merged key by key.</summary>
    [Id(5)] public RawJson? Metadata { get; init; }

    /// <summary>Whether it is enabled; null for as it is.</summary>
    [Id(6)] public bool? Active { get; init; }

    /// <summary>Ids of validation rules that a new one has from its beginning.</summary>
    [Id(7)] public IReadOnlyList<string> ValidationRules { get; init; } = [];
}

/// <summary>A change of a gift card's balance.</summary>
/// <param name="Amount">In minor units; less than 0 takes credits.</param>
/// <param name="SourceId">The shop's id of the change.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("credits-change")]
public sealed record CreditsChange([property: Id(0)] long Amount, [property: Id(1)] string? SourceId, [property: Id(2)] string? Reason);

/// <summary>Which vouchers to list.</summary>
[GenerateSerializer, Immutable, Alias("voucher-list-query")]
public sealed record VoucherListQuery
{
    /// <summary>1..100.</summary>
    [Id(0)] public required int Limit { get; init; }

    /// <summary>From 1.</summary>
    [Id(1)] public required int Page { get; init; }

    /// <summary><c>created_at</c> or <c>updated_at</c>, with a leading <c>-</c> for descending.</summary>
    [Id(2)] public required string Order { get; init; }

    /// <summary>Only those of a campaign, by id or name.</summary>
    [Id(3)] public string? Campaign { get; init; }

    /// <summary>Only those that were given to a customer, by id or source id.</summary>
    [Id(4)] public string? Customer { get; init; }

    /// <summary>Only the one with a code.</summary>
    [Id(5)] public string? Code { get; init; }

    /// <summary>Only those with some ids or codes.</summary>
    [Id(6)] public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Only those created within a time.</summary>
    [Id(7)] public TimeRange? CreatedAt { get; init; }

    /// <summary>Only those changed within a time; not together with <see cref="CreatedAt"/>, and those that were never changed are not among them.</summary>
    [Id(8)] public TimeRange? UpdatedAt { get; init; }

    /// <summary>Only those in a category, by name or id.</summary>
    [Id(9)] public string? Category { get; init; }

    /// <summary>Only those that meet these, written as filters of segments; null for all.</summary>
    [Id(10)] public RawJson? Filters { get; init; }
}

/// <summary>Answer to a change of a voucher.</summary>
[GenerateSerializer, Immutable, Alias("voucher-result")]
public abstract record VoucherResult
{
    /// <summary>Durable: the voucher as wire JSON, or the change of its balance.</summary>
    [GenerateSerializer, Immutable, Alias("voucher-result.saved")]
    public sealed record Saved([property: Id(0)] RawJson Document) : VoucherResult;

    /// <summary>There is no such thing: <c>voucher</c>, <c>campaign</c> or <c>validation_rules</c>.</summary>
    [GenerateSerializer, Immutable, Alias("voucher-result.not-found")]
    public sealed record NotFound([property: Id(0)] string Type, [property: Id(1)] string Id) : VoucherResult;

    /// <summary>Another voucher of the project has the code.</summary>
    [GenerateSerializer, Immutable, Alias("voucher-result.duplicate")]
    public sealed record Duplicate([property: Id(0)] string Code) : VoucherResult;

    /// <summary>The source id was used for another change of the balance.</summary>
    [GenerateSerializer, Immutable, Alias("voucher-result.duplicate-source-id")]
    public sealed record DuplicateSourceId([property: Id(0)] string SourceId) : VoucherResult;

    /// <summary>There are fewer credits than were to be taken, or there would be more than a card holds.</summary>
    [GenerateSerializer, Immutable, Alias("voucher-result.out-of-bounds")]
    public sealed record OutOfBounds([property: Id(0)] long Balance) : VoucherResult;

    /// <summary>It does not go together: what, and why.</summary>
    [GenerateSerializer, Immutable, Alias("voucher-result.invalid")]
    public sealed record Invalid([property: Id(0)] string Field, [property: Id(1)] string Rule) : VoucherResult;

    /// <summary>Metadata is not as the project's schemas say: all that is wrong with it.</summary>
    [GenerateSerializer, Immutable, Alias("voucher-result.invalid-metadata")]
    public sealed record InvalidMetadata([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : VoucherResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("voucher-result.key-reused")]
    public sealed record KeyReused : VoucherResult;

    /// <summary>The same request was done before, and the voucher was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("voucher-result.deleted")]
    public sealed record Deleted([property: Id(0)] string Id) : VoucherResult;
}

/// <summary>Limits of vouchers.</summary>
public static class VoucherLimits
{
    /// <summary>The most characters of a code.</summary>
    public const int Code = 200;

    /// <summary>The most bytes of what is said of one voucher.</summary>
    public const int ObjectBytes = 65_536;

    /// <summary>The most credits of a gift card, in minor units.</summary>
    public const long Credits = 1_000_000_000_000;

    /// <summary>How often a code may be redeemed at the most, where there is a limit.</summary>
    public const long Quantity = 1_000_000_000;
}

/// <summary>The background jobs of vouchers.</summary>
public static class VoucherJobs
{
    /// <summary>A JSON array of vouchers without a campaign.</summary>
    public const string Import = "VOUCHERS.IMPORT";

    /// <summary>A file of them.</summary>
    public const string ImportCsv = "VOUCHERS.IMPORT_CSV";

    /// <summary>A JSON array of vouchers of a campaign.</summary>
    public const string CampaignImport = "CAMPAIGNS.VOUCHERS_IMPORT";

    /// <summary>A file of them.</summary>
    public const string CampaignImportCsv = "CAMPAIGNS.VOUCHERS_IMPORT_CSV";

    /// <summary>Metadata of many by their codes.</summary>
    public const string BulkUpdate = "VOUCHERS.BULK_UPDATE";

    /// <summary>The same metadata for many codes.</summary>
    public const string MetadataUpdate = "VOUCHERS.METADATA_UPDATE";
}

/// <summary>How the grains of vouchers are addressed.</summary>
public static class VoucherAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>One voucher.</summary>
        public IVoucherGrain Voucher(int project, string voucherId) => grains.At<IVoucherGrain>(GrainAddresses.Key(project, voucherId));

        /// <summary>Reads over all vouchers of a project.</summary>
        public IVoucherQueriesGrain VoucherQueries(int project) => grains.At<IVoucherQueriesGrain>(GrainAddresses.Key(project));
    }
}
