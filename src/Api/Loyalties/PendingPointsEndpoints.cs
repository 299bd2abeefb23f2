using Marketing.Http;
using Marketing.Vouchers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Loyalties;

/// <summary>Points that wait for a day to become points.</summary>
internal static class PendingPointsEndpoints
{
    public static void MapPendingPoints(this IEndpointRouteBuilder group)
    {
        group.MapGet("/{campaignId}/pending-points", ListOfProgramAsync).WithName("ListPendingPointsOfProgram").WithQuery(Query.Limit, Query.Order("-id", "id"), Query.StartingAfterId);
        group.MapGet("/{campaignId}/members/{memberId}/pending-points", ListOfAsync).WithName("ListMemberPendingPointsOfProgram").WithQuery(Query.Limit, Query.Order("id", "id"), Query.StartingAfterId);
        group.MapGet("/members/{memberId}/pending-points", ListAsync).WithName("ListMemberPendingPoints").WithQuery(Query.Limit, Query.Order("id", "id"), Query.StartingAfterId);
        group.MapPost("/members/{memberId}/pending-points/{pendingPointsId}/activate", ActivateAsync).WithName("ActivatePendingPoints");
        group.MapPost("/members/{memberId}/pending-points/{pendingPointsId}/balance", AdjustAsync).WithName("AdjustPendingPoints").Accepts<PendingPointsRequest>("application/json").WithExample(LoyaltyExamples.Pending);
        group.MapPost("/members/{memberId}/pending-points/{pendingPointsId}/cancel", CancelAsync).WithName("CancelPendingPoints");
    }

    /// <summary>Points of all members of a programme that wait, in the order in which they were earned: those first that were earned last, if nothing else is asked.</summary>
    internal static async Task<Results<Wire<CursorList<RawJson>>, ApiError>> ListOfProgramAsync(
        string campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = Asked(query, "-id");
        return Ids.Reference(campaignId) is { } program && await grains.LoyaltyQueries(caller.Number).ProgramPendingAsync(program, asked, cancellation) is { } page
            ? Wire.Ok(Listed(page))
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Points of a member of a programme that wait, those first that were earned first, if nothing else is asked.</summary>
    internal static Task<Results<Wire<CursorList<RawJson>>, ApiError>> ListOfAsync(
        string campaignId, string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) => ReadAsync(campaignId, memberId, caller, query, grains, cancellation);

    /// <summary>The same without naming the programme.</summary>
    internal static Task<Results<Wire<CursorList<RawJson>>, ApiError>> ListAsync(
        string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) => ReadAsync(null, memberId, caller, query, grains, cancellation);

    /// <summary>Makes points of some that wait, before their day. When they expire counts from now on.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ActivateAsync(string memberId, string pendingPointsId, Caller caller, JsonBody body, IGrainFactory grains) =>
        await CardAsync(memberId, pendingPointsId, caller, grains) is { } card
            ? (await card.ActivateAsync(pendingPointsId, caller.Context(body.Utf8.Span))).Answer()
            : await MissingAsync(memberId, pendingPointsId, caller, grains);

    /// <summary>Adds to points that wait or, with less than 0, takes some; at least one must be left.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> AdjustAsync(string memberId, string pendingPointsId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var points = root.Integer("points", -LoyaltyLimits.Points, LoyaltyLimits.Points) ?? throw root.Missing("points");
        return await CardAsync(memberId, pendingPointsId, caller, grains) is { } card
            ? (await card.AdjustAsync(pendingPointsId, points, caller.Context(body.Utf8.Span))) switch
            {
                LoyaltyResult.OutOfBounds => new ApiError(400, "invalid_amount", "Invalid Amount", "Amount has to be a valid positive number"),
                var result => result.Answer(),
            }
            : await MissingAsync(memberId, pendingPointsId, caller, grains);
    }

    /// <summary>Ends that points wait: they never become points.</summary>
    internal static async Task<Results<NoContent, ApiError>> CancelAsync(string memberId, string pendingPointsId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        if (await CardAsync(memberId, pendingPointsId, caller, grains) is not { } card)
        {
            return await MissingAsync(memberId, pendingPointsId, caller, grains);
        }

        var result = await card.CancelAsync(pendingPointsId, caller.Context(body.Utf8.Span));
        return result is LoyaltyResult.Saved ? TypedResults.NoContent() : LoyaltyAnswers.Refusal(result);
    }

    private static async ValueTask<ILoyaltyCardGrain?> CardAsync(string memberId, string pendingPointsId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe("lopp_", pendingPointsId) && await LoyaltyMemberEndpoints.IdAsync(memberId, null, caller, grains) is { } id ? grains.LoyaltyCard(caller.Number, id) : null;

    private static async ValueTask<ApiError> MissingAsync(string memberId, string pendingPointsId, Caller caller, IGrainFactory grains) =>
        await LoyaltyMemberEndpoints.IdAsync(memberId, null, caller, grains) is null ? ApiError.NotFound("voucher", memberId) : ApiError.NotFound("pending_points", pendingPointsId);

    private static async Task<Results<Wire<CursorList<RawJson>>, ApiError>> ReadAsync(
        string? campaignId, string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = Asked(query, "id");
        return VoucherAnswers.CanBeCode(memberId) && (campaignId is null || Ids.Reference(campaignId) is not null)
            && await grains.LoyaltyQueries(caller.Number).PendingAsync(memberId, campaignId, asked, cancellation) is { } page
                ? Wire.Ok(Listed(page))
                : ApiError.NotFound("voucher", memberId);
    }

    private static PendingQuery Asked(QueryReader query, string byDefault) => new(query.Limit(), query.Order(byDefault, "id") == "id", query.Text("starting_after_id"));

    private static CursorList<RawJson> Listed(Page<RawJson> page) => CursorList<RawJson>.From(page, static entry => entry, static entry => entry.ToElement().GetProperty("id").GetString()!);
}

/// <summary>Points to add to some that wait, or to take of them.</summary>
internal sealed record PendingPointsRequest
{
    /// <summary>How many; less than 0 takes points.</summary>
    public required int Points { get; init; }
}
