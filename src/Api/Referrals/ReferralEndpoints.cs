using System.Diagnostics;
using Marketing.Customers;
using Marketing.Http;
using Marketing.Vouchers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Referrals;

/// <summary>Holders of referral codes: who brings others, and who is brought.</summary>
internal static class ReferralEndpoints
{
    private const string ExampleOfProgram = """{"holders":[{"source_id":"44","name":"Cy","email":"cy@example.com"}],"metadata":{"from":"till 4"}}""";
    private const string Example = """{"holders":[{"source_id":"43","name":"Bo","email":"bo@example.com"}],"metadata":{"from":"till 3"}}""";

    private static readonly QueryParameter Filters = Query.Filters("holders", "id, created_at, holder_role or customer_id");

    public static void MapReferrals(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/referrals").WithTags("Referrals").WithPath("campaignId", "The id or the name of the referral programme.").WithPath("memberId", "The referral code, or the id of its voucher.")
            .WithPath("holderId", "The id of the holder.");
        group.MapPost("/{campaignId}/members/{memberId}/holders", AddOfAsync).WithName("AddReferralHoldersOfProgram").Accepts<ReferralHoldersRequest>("application/json").WithExample(ExampleOfProgram);
        group.MapGet("/{campaignId}/members/{memberId}/holders", ListOfAsync).WithName("ListReferralHoldersOfProgram").WithQuery(Query.Limit, Query.Order("-id", "id"), Query.StartingAfterId, Filters);
        group.MapDelete("/{campaignId}/members/{memberId}/holders/{holderId}", RemoveOfAsync).WithName("RemoveReferralHolderOfProgram");
        group.MapPost("/members/{memberId}/holders", AddAsync).WithName("AddReferralHolders").Accepts<ReferralHoldersRequest>("application/json").WithExample(Example);
        group.MapGet("/members/{memberId}/holders", ListAsync).WithName("ListReferralHolders").WithQuery(Query.Limit, Query.Order("-id", "id"), Query.StartingAfterId, Filters);
        group.MapDelete("/members/{memberId}/holders/{holderId}", RemoveAsync).WithName("RemoveReferralHolder");
    }

    /// <summary>
    /// Makes customers, at most 100, referees of a code of a referral programme; they are made or changed on the way. A code has to be published to its referrer before. Where one of them cannot be a referee, nothing is done.
    /// </summary>
    internal static Task<Results<Wire<ReferralHoldersResponse>, ApiError>> AddOfAsync(string campaignId, string memberId, Caller caller, JsonBody body, IGrainFactory grains) => AddRefereesAsync(memberId, campaignId, caller, body, grains);

    /// <summary>Makes customers, at most 100, referees of a referral code; see AddReferralHoldersOfProgram.</summary>
    internal static Task<Results<Wire<ReferralHoldersResponse>, ApiError>> AddAsync(string memberId, Caller caller, JsonBody body, IGrainFactory grains) => AddRefereesAsync(memberId, null, caller, body, grains);

    /// <summary>Lists the holders of a code of a referral programme: the referrer, to whom it was published, and the referees. Of a code with more than 10,000 referees only the first 10,000 by id are listed and counted, in either order; where there are more than 2,000, filters are refused.</summary>
    internal static Task<Results<Wire<RedeemableListResponse>, ApiError>> ListOfAsync(string campaignId, string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) =>
        ReadAsync(memberId, campaignId, caller, query, grains, cancellation);

    /// <summary>Lists the holders of a referral code: the referrer, to whom it was published, and the referees. Of a code with more than 10,000 referees only the first 10,000 by id are listed and counted, in either order; where there are more than 2,000, filters are refused.</summary>
    internal static Task<Results<Wire<RedeemableListResponse>, ApiError>> ListAsync(string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) =>
        ReadAsync(memberId, null, caller, query, grains, cancellation);

    /// <summary>Takes a code of a referral programme back from a referee. What came of a referral stays. A referrer keeps the code.</summary>
    internal static Task<Results<NoContent, ApiError>> RemoveOfAsync(string campaignId, string memberId, string holderId, Caller caller, IGrainFactory grains) => TakeBackAsync(memberId, campaignId, holderId, caller, grains);

    /// <summary>Takes a referral code back from a referee. What came of a referral stays. A referrer keeps the code.</summary>
    internal static Task<Results<NoContent, ApiError>> RemoveAsync(string memberId, string holderId, Caller caller, IGrainFactory grains) => TakeBackAsync(memberId, null, holderId, caller, grains);

    private static async Task<Results<Wire<ReferralHoldersResponse>, ApiError>> AddRefereesAsync(string memberId, string? campaignId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var items = root.List("holders", RefereesCommand.Most) ?? throw root.Missing("holders");
        if (items.Count == 0)
        {
            throw root.Refuse(".holders", "must NOT have fewer than 1 items");
        }

        var given = items.Select(static item => CustomerReader.ReadNamed(item.AsObject())).ToList();
        var metadata = root.RawObject("metadata") ?? RawJson.EmptyObject;
        if (Reference(memberId, campaignId) is not { } code)
        {
            return NotFound(memberId, campaignId);
        }

        // Who is named by nothing is somebody new, and somebody else than the next.
        var first = caller.NewId("cust_");
        var customers = new List<RefereeCustomer>(given.Count);
        for (var at = 0; at < given.Count; at++)
        {
            var one = given[at];
            var id = one is { Id: null, SourceId: null } ? ObjectIds.FromSource("cust_", caller.Number, $"{first}\n{at}") : await one.ResolveAsync(caller, grains);
            customers.Add(new RefereeCustomer(id, one.Id ?? one.SourceId ?? id, one.Patch));
        }

        return await grains.Referrals(caller.Number).AddAsync(new RefereesCommand(code, customers, metadata), caller.Context(body.Utf8.Span)) switch
        {
            ReferralResult.Holders added => Wire.Ok(new ReferralHoldersResponse(added.Items)),
            var refused => Refusal(refused),
        };
    }

    private static async Task<Results<Wire<RedeemableListResponse>, ApiError>> ReadAsync(
        string memberId, string? campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var (limit, descending, after, filters) = (query.Limit(), query.Order("-id", "id") == "-id", query.StartingAfterId("rh_"), query.Filters());
        if (Reference(memberId, campaignId) is not { } code)
        {
            return NotFound(memberId, campaignId);
        }

        return await grains.Referrals(caller.Number).HoldersAsync(new ReferralHoldersQuery(code, limit, descending, after) { Filters = filters }, cancellation) switch
        {
            ReferralResult.Holders page => Wire.Ok(new RedeemableListResponse(page.Items, page.Total, page.MoreAfter)),
            var refused => Refusal(refused),
        };
    }

    private static async Task<Results<NoContent, ApiError>> TakeBackAsync(string memberId, string? campaignId, string holderId, Caller caller, IGrainFactory grains) => Reference(memberId, campaignId) is not { } code
        ? NotFound(memberId, campaignId)
        : await grains.Referrals(caller.Number).RemoveAsync(code, holderId, caller.Context([])) switch
        {
            ReferralResult.Removed => TypedResults.NoContent(),
            var refused => Refusal(refused),
        };

    private static ReferralCodeReference? Reference(string memberId, string? campaignId) =>
        VoucherAnswers.CanBeCode(memberId) && (campaignId is null || Ids.Reference(campaignId) is not null) ? new ReferralCodeReference(memberId, campaignId) : null;

    private static ApiError NotFound(string memberId, string? campaignId) => campaignId is not null && Ids.Reference(campaignId) is null ? ApiError.NotFound("campaign", campaignId) : ApiError.NotFound("voucher", memberId);

    private static ApiError Refusal(ReferralResult result) => result switch
    {
        ReferralResult.InvalidFilters invalid => Listed.Refused(invalid.Problems).Refusal(),
        ReferralResult.NotFound missing => ApiError.NotFound(missing.Type, missing.Id),
        ReferralResult.NotPublished => new ApiError(400, "not_published", "Voucher is not published", "Referral code must be first published to Referrer before assigning it to Referee"),
        ReferralResult.Duplicate twice => ApiError.Duplicate("customer", twice.Customer, $"Duplicated customer exists with id {twice.Customer}"),
        ReferralResult.AlreadyAssigned => new ApiError(409, "holder_assignement_duplication", "Customer is already assigned to given redeemable"),
        ReferralResult.IsReferrer => new ApiError(403, "forbidden", "Can not remove assignment", "You can not remove Referrer assignment"),
        ReferralResult.DuplicateCustomerSourceId taken => ApiError.DuplicateSourceId("Customer", taken.SourceId),
        ReferralResult.InvalidMetadata invalid => ApiError.InvalidMetadata(invalid.Problems),
        ReferralResult.KeyReused => ApiError.KeyReused(),
        _ => throw new UnreachableException(),
    };
}

/// <summary>Customers who become referees.</summary>
internal sealed record ReferralHoldersRequest
{
    /// <summary>At most 100, each by id or source id, with fields of the profile.</summary>
    public required IReadOnlyList<CustomerRequest> Holders { get; init; }

    /// <summary>Of each of the assignments.</summary>
    public RawJson? Metadata { get; init; }
}

/// <summary>Referees as they were assigned.</summary>
internal sealed record ReferralHoldersResponse(IReadOnlyList<RawJson> Holders);
