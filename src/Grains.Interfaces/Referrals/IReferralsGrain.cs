using System.Globalization;
using Marketing.Customers;

namespace Marketing.Referrals;

/// <summary>Who holds the referral codes of a project: the customer a code was published to, who brings others, and those who are brought. Keyed by project number; any number of activations.</summary>
[Alias("referrals"), GrainInterfaceType("referrals")]
public interface IReferralsGrain : IGrainWithIntegerKey
{
    /// <summary>A page of the holders of a code as wire JSON, the referrer first; of more than <see cref="ReferralHoldersQuery.Most"/> referees the first ones by id, whichever way.</summary>
    [Alias("holders")]
    Task<ReferralResult> HoldersAsync(ReferralHoldersQuery query, CancellationToken cancellation = default);

    /// <summary>
    /// Makes customers referees of a code, who are created or changed on the way. Nothing is done where one of them cannot be; each is then a transaction of its own. A repetition with the same idempotency key answers what the
    /// first did and goes on where it ended.
    /// </summary>
    [Alias("add")]
    Task<ReferralResult> AddAsync(RefereesCommand command, CommandContext context);

    /// <summary>Takes the code back from a referee. A referral that was made stays one. Repeating it is <see cref="ReferralResult.NotFound"/>.</summary>
    /// <param name="code">The code.</param>
    /// <param name="holder"><c>rh_…</c></param>
    /// <param name="context">Who asks.</param>
    [Alias("remove")]
    Task<ReferralResult> RemoveAsync(ReferralCodeReference code, string holder, CommandContext context);
}

/// <summary>What is owed to a customer because of referrals. Keyed by project and customer number.</summary>
[Alias("referral-debts"), GrainInterfaceType("referral-debts")]
public interface IReferralDebtsGrain : IGrainWithStringKey
{
    /// <summary>Counts referrals of the customer and gives what is owed. What cannot be given now is owed still. Repeating it gives nothing twice.</summary>
    [Alias("settle")]
    Task SettleAsync();
}

/// <summary>A referral code.</summary>
/// <param name="Member">The code, or the id of its voucher.</param>
/// <param name="Campaign">The programme it has to be of, by id or name; null for any.</param>
[GenerateSerializer, Immutable, Alias("referral-code-reference")]
public sealed record ReferralCodeReference([property: Id(0)] string Member, [property: Id(1)] string? Campaign);

/// <summary>Which holders to list.</summary>
/// <param name="Code">Of what code.</param>
/// <param name="Limit">1..100.</param>
/// <param name="Descending">Whether by descending ids.</param>
/// <param name="StartingAfter">The id of the last of the page before.</param>
[GenerateSerializer, Immutable, Alias("referral-holders-query")]
public sealed record ReferralHoldersQuery([property: Id(0)] ReferralCodeReference Code, [property: Id(1)] int Limit, [property: Id(2)] bool Descending, [property: Id(3)] string? StartingAfter)
{
    /// <summary>Only those that meet these, written as filters of segments; null for all.</summary>
    [Id(4)] public RawJson? Filters { get; init; }

    /// <summary>The most referees of a code that are looked through, those that were removed among them: the ones with the lowest ids, also where the order goes down.</summary>
    public const int Most = 10_000;
}

/// <summary>Customers who are to become referees.</summary>
/// <param name="Code">Of what code.</param>
/// <param name="Customers">Who, each once.</param>
/// <param name="Metadata">A JSON object, of each assignment.</param>
[GenerateSerializer, Immutable, Alias("referees-command")]
public sealed record RefereesCommand([property: Id(0)] ReferralCodeReference Code, [property: Id(1)] IReadOnlyList<RefereeCustomer> Customers, [property: Id(2)] RawJson Metadata)
{
    /// <summary>The most customers of one request.</summary>
    public const int Most = 100;
}

/// <summary>A customer who is to become a referee.</summary>
/// <param name="Id">Customer id.</param>
/// <param name="Named">By what the caller named the customer.</param>
/// <param name="Patch">Fields of the profile that come with it.</param>
[GenerateSerializer, Immutable, Alias("referee-customer")]
public sealed record RefereeCustomer([property: Id(0)] string Id, [property: Id(1)] string Named, [property: Id(2)] CustomerPatch Patch);

/// <summary>Answer about holders of a referral code.</summary>
[GenerateSerializer, Immutable, Alias("referral-result")]
public abstract record ReferralResult
{
    /// <summary>Durable, or read: holders as wire JSON.</summary>
    /// <param name="Items">The holders.</param>
    /// <param name="Total">How many there are.</param>
    /// <param name="MoreAfter">The id after which there are more; null for none.</param>
    [GenerateSerializer, Immutable, Alias("referral-result.holders")]
    public sealed record Holders([property: Id(0)] IReadOnlyList<RawJson> Items, [property: Id(1)] long Total, [property: Id(2)] string? MoreAfter) : ReferralResult;

    /// <summary>Something is wrong with the filters.</summary>
    [GenerateSerializer, Immutable, Alias("referral-result.invalid-filters")]
    public sealed record InvalidFilters([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : ReferralResult;

    /// <summary>Durable: the holder is none any more.</summary>
    [GenerateSerializer, Immutable, Alias("referral-result.removed")]
    public sealed record Removed : ReferralResult;

    /// <summary>There is no such thing: <c>campaign</c>, <c>voucher</c> or <c>redeemable_holder</c>.</summary>
    [GenerateSerializer, Immutable, Alias("referral-result.not-found")]
    public sealed record NotFound([property: Id(0)] string Type, [property: Id(1)] string Id) : ReferralResult;

    /// <summary>Nobody holds the code, so nobody can be brought by it.</summary>
    [GenerateSerializer, Immutable, Alias("referral-result.not-published")]
    public sealed record NotPublished : ReferralResult;

    /// <summary>The customer is there twice.</summary>
    [GenerateSerializer, Immutable, Alias("referral-result.duplicate")]
    public sealed record Duplicate([property: Id(0)] string Customer) : ReferralResult;

    /// <summary>A customer holds the code already, as its referrer or a referee.</summary>
    [GenerateSerializer, Immutable, Alias("referral-result.already-assigned")]
    public sealed record AlreadyAssigned : ReferralResult;

    /// <summary>A referrer holds the code for good.</summary>
    [GenerateSerializer, Immutable, Alias("referral-result.is-referrer")]
    public sealed record IsReferrer : ReferralResult;

    /// <summary>Another customer has the source id.</summary>
    [GenerateSerializer, Immutable, Alias("referral-result.duplicate-customer-source-id")]
    public sealed record DuplicateCustomerSourceId([property: Id(0)] string SourceId) : ReferralResult;

    /// <summary>Metadata of customers is not as the project's schemas say.</summary>
    [GenerateSerializer, Immutable, Alias("referral-result.invalid-metadata")]
    public sealed record InvalidMetadata([property: Id(0)] IReadOnlyList<FieldProblem> Problems) : ReferralResult;

    /// <summary>The idempotency key was used for another request.</summary>
    [GenerateSerializer, Immutable, Alias("referral-result.key-reused")]
    public sealed record KeyReused : ReferralResult;
}

/// <summary>How the grains of referrals are addressed.</summary>
public static class ReferralAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>Holders of the referral codes of a project.</summary>
        public IReferralsGrain Referrals(int project) => grains.At<IReferralsGrain>(GrainAddresses.Key(project));

        /// <summary>What is owed to a customer.</summary>
        public IReferralDebtsGrain ReferralDebts(int project, long customer) => grains.At<IReferralDebtsGrain>(GrainAddresses.Key(project, customer.ToString(CultureInfo.InvariantCulture)));
    }
}
