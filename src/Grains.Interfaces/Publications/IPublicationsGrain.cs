using Marketing.Customers;

namespace Marketing.Publications;

/// <summary>Gives codes to customers. Keyed by project number; any number of activations.</summary>
[Alias("publications"), GrainInterfaceType("publications")]
public interface IPublicationsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Publishes a code, or several of a campaign, to a customer, who is created or changed on the way. One code goes to one customer, whoever else asks at the same time. Repeating it with the same id answers
    /// what the first did. What could not be published is recorded too.
    /// </summary>
    [Alias("publish")]
    Task<PublicationResult> PublishAsync(PublishCommand command, CommandContext context);

    /// <summary>A publication by the source id it was made with, as wire JSON, or null.</summary>
    [Alias("find-by-source")]
    Task<RawJson?> FindBySourceAsync(string sourceId, CancellationToken cancellation = default);

    /// <summary>A page of publications as wire JSON.</summary>
    [Alias("listed")]
    Task<Listed> ListAsync(PublicationListQuery query, CancellationToken cancellation = default);
}

/// <summary>What to publish to whom.</summary>
[GenerateSerializer, Immutable, Alias("publish-command")]
public sealed record PublishCommand
{
    /// <summary><c>pub_…</c>: the id the publication gets. The same again is the same publication.</summary>
    [Id(9)] public required string Id { get; init; }

    /// <summary>The customer's id.</summary>
    [Id(0)] public required string CustomerId { get; init; }

    /// <summary>Fields of the profile that come with it.</summary>
    [Id(1)] public CustomerPatch Customer { get; init; } = CustomerPatch.Nothing;

    /// <summary>The code to publish; null for any of the campaign.</summary>
    [Id(2)] public string? Voucher { get; init; }

    /// <summary>The campaign, by id or name.</summary>
    [Id(3)] public string? Campaign { get; init; }

    /// <summary>How many codes of the campaign, 1..<see cref="MostCodes"/>.</summary>
    [Id(4)] public int Count { get; init; } = 1;

    /// <summary>The shop's id of the publication, which no other has.</summary>
    [Id(5)] public string? SourceId { get; init; }

    /// <summary>Whether a customer who was given a code of the campaign before gets the same one.</summary>
    [Id(6)] public bool JoinOnce { get; init; }

    /// <summary>How it goes out.</summary>
    [Id(7)] public string Channel { get; init; } = "API";

    /// <summary>A JSON object.</summary>
    [Id(8)] public RawJson Metadata { get; init; } = RawJson.EmptyObject;

    /// <summary>Whether it is about a customer who is known and is not made by it.</summary>
    [Id(10)] public bool MustExist { get; init; }

    /// <summary>Whether the engine publishes by itself: schemas of metadata are about what callers say.</summary>
    [Id(11)] public bool IsOwn { get; init; }

    /// <summary>The most codes of one publication.</summary>
    public const int MostCodes = 50;
}

/// <summary>Which publications to list.</summary>
[GenerateSerializer, Immutable, Alias("publication-list-query")]
public sealed record PublicationListQuery
{
    /// <summary>1..100.</summary>
    [Id(0)] public required int Limit { get; init; }

    /// <summary>From 1.</summary>
    [Id(1)] public required int Page { get; init; }

    /// <summary><c>created_at</c>, with a leading <c>-</c> for descending.</summary>
    [Id(2)] public required string Order { get; init; }

    /// <summary>Only those of a campaign, by id or name.</summary>
    [Id(3)] public string? Campaign { get; init; }

    /// <summary>Only those to a customer, by id or source id.</summary>
    [Id(4)] public string? Customer { get; init; }

    /// <summary>Only those of a code.</summary>
    [Id(5)] public string? Voucher { get; init; }

    /// <summary>Only the one with a source id.</summary>
    [Id(6)] public string? SourceId { get; init; }

    /// <summary><c>SUCCESS</c> or <c>FAILURE</c>: only those.</summary>
    [Id(7)] public string? Result { get; init; }

    /// <summary>Only those of vouchers of a type, as the product calls it in a voucher.</summary>
    [Id(8)] public string? VoucherType { get; init; }

    /// <summary>Only those of codes of referral programmes, or only others.</summary>
    [Id(9)] public bool? IsReferral { get; init; }

    /// <summary>Only those that meet these, written as filters of segments; null for all.</summary>
    [Id(10)] public RawJson? Filters { get; init; }
}

/// <summary>Codes were given to a customer, or could not be: made by <see cref="IPublicationsGrain"/>, which knows the codes, on its way into what happens to the customer.</summary>
[GenerateSerializer, Immutable, Alias("vouchers-published")]
public sealed record VouchersPublished : CustomerFact
{
    /// <summary>The number of the publication.</summary>
    [Id(0)] public required long Number { get; init; }

    /// <summary><c>pub_…</c></summary>
    [Id(1)] public required string PublicationId { get; init; }

    /// <summary>The codes; none where it failed.</summary>
    [Id(2)] public IReadOnlyList<PublishedVoucher> Vouchers { get; init; } = [];

    /// <summary>The number of the campaign; null where there is none.</summary>
    [Id(3)] public long? Campaign { get; init; }

    /// <summary>The id of the campaign.</summary>
    [Id(4)] public string? CampaignId { get; init; }

    /// <summary>Whether a customer has one publication of the campaign at the most.</summary>
    [Id(5)] public bool Once { get; init; }

    /// <summary>The shop's id of the publication.</summary>
    [Id(6)] public string? SourceId { get; init; }

    /// <summary>What is stored of it.</summary>
    [Id(7)] public required RawJson Document { get; init; }

    /// <summary>The objects of the event besides the customer and the publication.</summary>
    [Id(8)] public required RawJson EventData { get; init; }

    /// <summary>Fields of the profile that come with it.</summary>
    [Id(9)] public CustomerPatch Customer { get; init; } = CustomerPatch.Nothing;

    /// <summary>Whether it is about a customer who is known and is not made by it.</summary>
    [Id(10)] public bool MustExist { get; init; }

    /// <summary>Whether the engine published by itself: schemas of metadata are about what callers say.</summary>
    [Id(11)] public bool IsOwn { get; init; }

    /// <summary>Whether it could not be done.</summary>
    public bool HasFailed => Vouchers.Count == 0;
}

/// <summary>A code that is given out.</summary>
/// <param name="Number">The number of the voucher.</param>
/// <param name="Id">Its id.</param>
/// <param name="Revision">The campaign's terms that hold for it; null where it has no campaign.</param>
[GenerateSerializer, Immutable, Alias("published-voucher")]
public sealed record PublishedVoucher([property: Id(0)] long Number, [property: Id(1)] string Id, [property: Id(2)] long? Revision)
{
    /// <summary>Until when it holds by its dates or those of the terms; null for ever.</summary>
    [Id(3)] public DateTimeOffset? End { get; init; }
}

/// <summary>Answer to a publication.</summary>
[GenerateSerializer, Immutable, Alias("publication-result")]
public abstract record PublicationResult
{
    /// <summary>Durable: the publication as wire JSON.</summary>
    [GenerateSerializer, Immutable, Alias("publication-result.published")]
    public sealed record Published([property: Id(0)] RawJson Publication) : PublicationResult;

    /// <summary>There is no such thing: <c>campaign</c>, <c>voucher</c> or, where it must exist, <c>customer</c>.</summary>
    [GenerateSerializer, Immutable, Alias("publication-result.not-found")]
    public sealed record NotFound([property: Id(0)] string Type, [property: Id(1)] string Id) : PublicationResult;

    /// <summary>It could not be done, which is recorded: the key of the reason, and the reason in words.</summary>
    [GenerateSerializer, Immutable, Alias("publication-result.failed")]
    public sealed record Failed([property: Id(0)] string Key, [property: Id(1)] string Message, [property: Id(2)] string Details) : PublicationResult;

    /// <summary>Another publication has the source id.</summary>
    [GenerateSerializer, Immutable, Alias("publication-result.duplicate-source-id")]
    public sealed record DuplicateSourceId([property: Id(0)] string SourceId) : PublicationResult;

    /// <summary>Another customer has the source id that came with the customer.</summary>
    [GenerateSerializer, Immutable, Alias("publication-result.duplicate-customer-source-id")]
    public sealed record DuplicateCustomerSourceId([property: Id(0)] string SourceId) : PublicationResult;

    /// <summary>Metadata of the publication, or of the customer, is not as the project's schemas say: all that is wrong with it.</summary>
    [GenerateSerializer, Immutable, Alias("publication-result.invalid-metadata")]
    public sealed record InvalidMetadata([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : PublicationResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("publication-result.key-reused")]
    public sealed record KeyReused : PublicationResult;

    /// <summary>The same request was done before, and what it made was deleted since. Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("publication-result.deleted")]
    public sealed record Deleted([property: Id(0)] string Id) : PublicationResult;
}

/// <summary>How the grain of publications is addressed.</summary>
public static class PublicationAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The publications of a project.</summary>
        public IPublicationsGrain Publications(int project) => grains.At<IPublicationsGrain>(GrainAddresses.Key(project));
    }
}
