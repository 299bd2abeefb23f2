using Marketing.Activity;
using Marketing.Customers;
using Marketing.Http;
using Marketing.Publications;
using Marketing.Vouchers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Loyalties;

/// <summary>Members of loyalty programmes: customers who hold a card.</summary>
internal static class LoyaltyMemberEndpoints
{
    private const int MostIds = 100;

    private static readonly QueryParameter ActivityOrder = Query.Order("-created_at", "created_at");

    public static void MapLoyaltyMembers(this IEndpointRouteBuilder group)
    {
        group.MapGet("/{campaignId}/members", ListAsync).WithName("ListLoyaltyMembers").WithQuery(
            Query.Limit, Query.Page(LoyaltyEndpoints.MaxPage), Query.Order("-created_at", "created_at", "updated_at"), Query.Text("customer", "Only the cards of a customer, by id or source id."),
            Query.Text("code", "Only the card with this code."), Query.Text("ids", "Only cards with these ids or codes; given several times."),
            Query.Between("created_at", "given out")[0], Query.Between("created_at", "given out")[1], Query.Between("updated_at", "changed")[0], Query.Between("updated_at", "changed")[1]);
        group.MapPost("/{campaignId}/members", AddAsync).WithName("AddLoyaltyMember").Accepts<LoyaltyMemberRequest>("application/json").WithExample(LoyaltyExamples.Member);
        group.MapGet("/{campaignId}/members/{memberId}", GetOfAsync).WithName("GetLoyaltyMemberOfProgram");
        group.MapGet("/members/{memberId}", GetAsync).WithName("GetLoyaltyMember");
        group.MapGet("/{campaignId}/members/{memberId}/activity", ActivityOfAsync).WithName("ListLoyaltyMemberActivityOfProgram").WithQuery(Query.Limit, ActivityOrder, Query.StartingAfterId);
        group.MapGet("/members/{memberId}/activity", ActivityAsync).WithName("ListLoyaltyMemberActivity").WithQuery(Query.Limit, ActivityOrder, Query.StartingAfterId);
        group.MapGet("/members/{memberId}/tiers", TiersAsync).WithName("ListLoyaltyMemberTiers");
    }

    /// <summary>Lists members by their cards. <c>total</c> is exact up to 10,000.</summary>
    internal static async Task<Results<Wire<VoucherListResponse>, ApiError>> ListAsync(string campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        query.RefuseFiltersExcept();
        var ids = query.Text("code") is { } code ? [code] : query.Texts("ids");
        var customer = query.Text("customer");
        var asked = new LoyaltyMemberQuery
        {
            Program = campaignId,
            Limit = query.Limit(),
            Page = query.Page(LoyaltyEndpoints.MaxPage),
            Order = query.Order("-created_at", "created_at", "updated_at"),
            Customer = customer,
            Codes = ids.Count == 0 ? null : ids.Count <= MostIds ? ids : throw QueryReader.Refuse("ids", $"must not have more than {MostIds} values"),
            CreatedAt = query.Range("created_at"),
            UpdatedAt = query.Range("updated_at"),
        };
        if (asked is { CreatedAt: not null, UpdatedAt: not null })
        {
            throw QueryReader.Refuse("updated_at", "does not go with created_at");
        }

        return Ids.Reference(campaignId) is not null && await grains.LoyaltyQueries(caller.Number).MembersAsync(asked, cancellation) is { } page
            ? Wire.Ok(new VoucherListResponse(page.Items, page.Total) { TotalIsMinimum = page.TotalIsMinimum ? true : null })
            : await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is null ? ApiError.NotFound("campaign", campaignId) : ApiError.NotFound("customer", customer!);
    }

    /// <summary>
    /// Makes a customer a member: publishes a card to them, the one that is named or any that nobody has. Whoever is a member of a programme with join_once already is answered the card they have.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> AddAsync(string campaignId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var customer = PublicationReader.Customer(root);
        var (voucher, source, channel, metadata) = (root.Line("voucher", TextLimits.Id), root.Identifier("source_id"), root.Line("channel", TextLimits.Name), root.RawObject("metadata"));
        if (await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is not { } id)
        {
            return ApiError.NotFound("campaign", campaignId);
        }

        // A code of something else is none of this programme.
        if (voucher is not null && await grains.LoyaltyQueries(caller.Number).FindMemberAsync(voucher, id) is null)
        {
            return ApiError.NotFound("voucher", voucher);
        }

        var command = new PublishCommand
        {
            Id = caller.NewId("pub_"),
            CustomerId = await customer.ResolveAsync(caller, grains),
            Customer = customer.Patch,
            MustExist = customer.Id is not null,
            Voucher = voucher,
            Campaign = voucher is null ? id : null,
            SourceId = source,
            Channel = channel is { Length: > 0 } ? channel : "API",
            Metadata = metadata ?? RawJson.EmptyObject,
        };
        return await grains.Publications(caller.Number).PublishAsync(command, caller.Context(body.Utf8.Span)) switch
        {
            PublicationResult.Published published => Wire.Ok(RawJson.From(published.Publication.ToElement().GetProperty("voucher"))),
            var refused => PublicationEndpoints.Refusal(refused),
        };
    }

    /// <summary>One member of a programme, by the card.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> GetOfAsync(string campaignId, string memberId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        ShowAsync(memberId, campaignId, caller, grains, cancellation);

    /// <summary>One member, by the card.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> GetAsync(string memberId, Caller caller, IGrainFactory grains, CancellationToken cancellation) => ShowAsync(memberId, null, caller, grains, cancellation);

    /// <summary>What happened to a member of a programme, the newest first: what of the customer's activity is about the programme.</summary>
    internal static Task<Results<Wire<CursorList<MemberActivityResponse>>, ApiError>> ActivityOfAsync(
        string campaignId, string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) => ReadActivityAsync(memberId, campaignId, caller, query, grains, cancellation);

    /// <summary>What happened to a member, the newest first: what of the customer's activity is about the programme.</summary>
    internal static Task<Results<Wire<CursorList<MemberActivityResponse>>, ApiError>> ActivityAsync(
        string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) => ReadActivityAsync(memberId, null, caller, query, grains, cancellation);

    /// <summary>The tier that a member is in, with its first and last day; an empty list for none.</summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> TiersAsync(string memberId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        VoucherAnswers.CanBeCode(memberId) && await grains.LoyaltyQueries(caller.Number).TiersOfMemberAsync(memberId, cancellation) is { } tiers
            ? Wire.Ok(new DataList<RawJson>(tiers, tiers.Count))
            : ApiError.NotFound("voucher", memberId);

    /// <summary>The id of a member's card; null where there is none in the programme.</summary>
    public static async ValueTask<string?> IdAsync(string memberId, string? campaignId, Caller caller, IGrainFactory grains) => (await FindAsync(memberId, campaignId, caller, grains, default))?.Id;

    private static async Task<LoyaltyMember?> FindAsync(string memberId, string? campaignId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        VoucherAnswers.CanBeCode(memberId) && (campaignId is null || Ids.Reference(campaignId) is not null) ? await grains.LoyaltyQueries(caller.Number).FindMemberAsync(memberId, campaignId, cancellation) : null;

    private static async Task<Results<Wire<RawJson>, ApiError>> ShowAsync(string memberId, string? campaignId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        await FindAsync(memberId, campaignId, caller, grains, cancellation) is { } member ? Wire.Ok(member.Voucher) : ApiError.NotFound("voucher", memberId);

    private static async Task<Results<Wire<CursorList<MemberActivityResponse>>, ApiError>> ReadActivityAsync(
        string memberId, string? campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = new ActivityQuery { Limit = query.Limit(), Ascending = query.Order("-created_at", "created_at") == "created_at", StartingAfterId = query.Text("starting_after_id") };
        return await FindAsync(memberId, campaignId, caller, grains, cancellation) is { } member && await grains.LoyaltyQueries(caller.Number).ActivityAsync(member.Id, null, asked, cancellation) is { } page
            ? Wire.Ok(CursorList<MemberActivityResponse>.From(page, entry => MemberActivityResponse.From(entry, member.Id), static entry => entry.Id))
            : ApiError.NotFound("voucher", memberId);
    }
}

/// <summary>Who becomes a member.</summary>
internal sealed record LoyaltyMemberRequest
{
    /// <summary>The customer with id or source id, and fields of the profile that come with it.</summary>
    public required CustomerRequest Customer { get; init; }

    /// <summary>The card; any that nobody has where it is absent.</summary>
    public string? Voucher { get; init; }

    /// <summary>Your id of the publication, which no other has.</summary>
    public string? SourceId { get; init; }

    /// <summary>How it goes out; API where it is absent.</summary>
    public string? Channel { get; init; }

    public RawJson? Metadata { get; init; }
}

/// <summary>Something that happened to a member.</summary>
/// <param name="Id"><c>evcus_…</c></param>
/// <param name="MemberId">The id of the card.</param>
/// <param name="Type">The type of the event.</param>
/// <param name="Data">Its objects.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="GroupId">The request that caused it.</param>
/// <param name="Source">Where it came from.</param>
internal sealed record MemberActivityResponse(string Id, string MemberId, string Type, RawJson Data, DateTimeOffset CreatedAt, string? GroupId, CustomerActivitySource Source)
{
    public static MemberActivityResponse From(ActivityEntry entry, string member) => new(entry.Id, member, entry.Type, entry.Data, entry.CreatedAt, entry.GroupId, new CustomerActivitySource(entry.Channel));
}
