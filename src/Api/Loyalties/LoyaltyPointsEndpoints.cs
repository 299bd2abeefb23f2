using System.Globalization;
using Marketing.Exports;
using Marketing.Http;
using Marketing.Vouchers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Loyalties;

/// <summary>Points of members: the balance, what changed it, and when points end.</summary>
internal static class LoyaltyPointsEndpoints
{
    public static void MapLoyaltyPoints(this IEndpointRouteBuilder group)
    {
        group.MapPost("/{campaignId}/members/{memberId}/balance", ChangeBalanceOfAsync).WithName("ChangeLoyaltyBalanceOfProgram").Accepts<PointsRequest>("application/json").WithExample(LoyaltyExamples.Balance);
        group.MapPost("/members/{memberId}/balance", ChangeBalanceAsync).WithName("ChangeLoyaltyBalance").Accepts<PointsRequest>("application/json").WithExample(LoyaltyExamples.Balance);
        group.MapPost("/{campaignId}/members/{memberId}/transfers", TransferAsync).WithName("TransferLoyaltyPoints").Accepts<IReadOnlyList<PointsTransferRequest>>("application/json").WithExample(LoyaltyExamples.Transfers);
        group.MapGet("/{campaignId}/transactions", ListOfProgramAsync).WithName("ListLoyaltyProgramTransactions").WithQuery(TransactionAnswers.Parameters);
        group.MapGet("/{campaignId}/members/{memberId}/transactions", ListOfAsync).WithName("ListLoyaltyTransactionsOfProgram").WithQuery(TransactionAnswers.Parameters);
        group.MapGet("/members/{memberId}/transactions", ListAsync).WithName("ListLoyaltyTransactions").WithQuery(TransactionAnswers.Parameters);
        group.MapPost("/{campaignId}/transactions/export", ExportOfProgramAsync).WithName("ExportLoyaltyProgramTransactions").Accepts<ExportOfOneKindRequest>("application/json").WithExample(LoyaltyExamples.TransactionsExport);
        group.MapPost("/{campaignId}/members/{memberId}/transactions/export", ExportOfAsync).WithName("ExportLoyaltyTransactionsOfProgram").Accepts<ExportOfOneKindRequest>("application/json").WithExample(LoyaltyExamples.TransactionsExport);
        group.MapPost("/members/{memberId}/transactions/export", ExportAsync).WithName("ExportLoyaltyTransactions").Accepts<ExportOfOneKindRequest>("application/json").WithExample(LoyaltyExamples.TransactionsExport);
        group.MapGet("/{campaignId}/members/{memberId}/points-expiration", ExpirationAsync).WithName("ListLoyaltyPointsExpiration").WithQuery(Query.Limit, Query.Page(LoyaltyEndpoints.MaxPage));
        group.MapPost("/{campaignId}/points-expiration/export", ExportExpirationAsync).WithName("ExportLoyaltyPointsExpiration").Accepts<ExportOfOneKindRequest>("application/json").WithExample(LoyaltyExamples.PointsExport);
    }

    /// <summary>
    /// Adds points to a member's card or, with less than 0, takes some, those first that end first. The same source id with the same points again changes nothing and answers the same; with other points it is
    /// <c>duplicate_source_id</c>.
    /// </summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> ChangeBalanceOfAsync(string campaignId, string memberId, Caller caller, JsonBody body, IGrainFactory grains) =>
        ChangeAsync(campaignId, memberId, caller, body, grains);

    /// <summary>The same without naming the programme.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> ChangeBalanceAsync(string memberId, Caller caller, JsonBody body, IGrainFactory grains) => ChangeAsync(null, memberId, caller, body, grains);

    /// <summary>
    /// Moves points from other cards of the programme to this one, all or none. They end as if they had been earned today; points that wait, and those that expired, cannot be moved. Answers the card.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> TransferAsync(string campaignId, string memberId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var items = body.Array.Items(LoyaltyLimits.Transfers);
        var transfers = items.Select(static item => item.AsObject()).Select(static item => new PointsTransfer(
            item.Line("code", TextLimits.Id) is { Length: > 0 } code ? code : throw item.Missing("code"), item.Integer("points", 1, LoyaltyLimits.Points) ?? throw item.Missing("points"),
            item.Text("reason", TextLimits.Description), item.Identifier("source_id"))).ToList();
        if (transfers.Count == 0)
        {
            throw body.Array.Refuse("", "must NOT have fewer than 1 items");
        }

        return await LoyaltyMemberEndpoints.IdAsync(memberId, campaignId, caller, grains) is { } id
            ? (await grains.LoyaltyCard(caller.Number, id).TransferInAsync(transfers, caller.Context(body.Utf8.Span))).Answer()
            : ApiError.NotFound("voucher", memberId);
    }

    /// <summary>Changes of the points of all cards of a programme. Those of cards that were deleted are left out. Filters are asked of at most 2,000 for a page: it may then have fewer than there is room for, or none, and says with <c>has_more</c> where to go on.</summary>
    internal static async Task<Results<Wire<CursorList<RawJson>>, ApiError>> ListOfProgramAsync(
        string campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = TransactionAnswers.Read(query);
        return Ids.Reference(campaignId) is { } program
            ? (await grains.LoyaltyQueries(caller.Number).ProgramTransactionsAsync(program, asked, cancellation)).Answer()
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Changes of the points of a card of a programme. Each says which points it added or took, by the day on which they end. Filters are asked of at most 2,000 for a page: it may then have fewer than there is room for, or none, and says with <c>has_more</c> where to go on.</summary>
    internal static Task<Results<Wire<CursorList<RawJson>>, ApiError>> ListOfAsync(
        string campaignId, string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) => ReadAsync(campaignId, memberId, caller, query, grains, cancellation);

    /// <summary>The same without naming the programme.</summary>
    internal static Task<Results<Wire<CursorList<RawJson>>, ApiError>> ListAsync(
        string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) => ReadAsync(null, memberId, caller, query, grains, cancellation);

    /// <summary>Begins an export of the changes of points of all cards of a programme. The body may be left out.</summary>
    internal static async Task<Results<Wire<ExportResponse>, ApiError>> ExportOfProgramAsync(string campaignId, Caller caller, JsonBody body, HttpContext http, IGrainFactory grains)
    {
        Payload? root = body.IsEmpty ? null : body.Object;
        return await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is { } id
            ? await ExportEndpoints.StartAsync(ExportReader.Transactions(root, "campaign_id", id), caller, body, http, grains)
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Begins an export of the changes of points of a card of a programme. The body may be left out.</summary>
    internal static Task<Results<Wire<ExportResponse>, ApiError>> ExportOfAsync(string campaignId, string memberId, Caller caller, JsonBody body, HttpContext http, IGrainFactory grains) =>
        ExportCardAsync(campaignId, memberId, caller, body, http, grains);

    /// <summary>The same without naming the programme.</summary>
    internal static Task<Results<Wire<ExportResponse>, ApiError>> ExportAsync(string memberId, Caller caller, JsonBody body, HttpContext http, IGrainFactory grains) =>
        ExportCardAsync(null, memberId, caller, body, http, grains);

    /// <summary>The points of a card by the last day on which they can be spent, those first that end first; what never ends has no <c>expires_at</c>.</summary>
    internal static async Task<Results<Wire<DataList<RawJson>>, ApiError>> ExpirationAsync(
        string campaignId, string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var (limit, page) = (query.Limit(), query.Page(LoyaltyEndpoints.MaxPage));
        return VoucherAnswers.CanBeCode(memberId) && Ids.Reference(campaignId) is { } program && await grains.LoyaltyQueries(caller.Number).BucketsAsync(memberId, program, limit, page, cancellation) is { } buckets
            ? Wire.Ok(new DataList<RawJson>(buckets.Items, buckets.Total))
            : ApiError.NotFound("voucher", memberId);
    }

    /// <summary>Begins an export of the points of all cards of a programme by when they end. The body may be left out.</summary>
    internal static async Task<Results<Wire<ExportResponse>, ApiError>> ExportExpirationAsync(string campaignId, Caller caller, JsonBody body, HttpContext http, IGrainFactory grains)
    {
        Payload? root = body.IsEmpty ? null : body.Object;
        return await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is { } id
            ? await ExportEndpoints.StartAsync(ExportReader.PointsExpiration(root, id), caller, body, http, grains)
            : ApiError.NotFound("campaign", campaignId);
    }

    private static async Task<Results<Wire<RawJson>, ApiError>> ChangeAsync(string? campaignId, string memberId, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var change = Read(body.Object);
        return await LoyaltyMemberEndpoints.IdAsync(memberId, campaignId, caller, grains) is { } id
            ? (await grains.LoyaltyCard(caller.Number, id).ChangeBalanceAsync(change, caller.Context(body.Utf8.Span))).Answer()
            : ApiError.NotFound("voucher", memberId);
    }

    private static PointsChange Read(Payload root)
    {
        var points = root.Integer("points", -LoyaltyLimits.Points, LoyaltyLimits.Points) ?? throw root.Missing("points");
        var expiry = root.OneOf("expiration_type", "PROGRAM_RULES", "CUSTOM_DATE", "NON_EXPIRING") switch
        {
            "CUSTOM_DATE" => PointsExpiry.Date,
            "NON_EXPIRING" => PointsExpiry.Never,
            _ => PointsExpiry.Program,
        };
        _ = root.Instant("expiration_date");
        return new PointsChange
        {
            Points = points == 0 ? throw root.Refuse(".points", "must NOT be 0") : points,
            SourceId = root.Identifier("source_id"),
            Reason = root.Text("reason", TextLimits.Description),
            Expiry = expiry,
            Ends = root.Text("expiration_date", 64) is { Length: >= 10 } text
                ? DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw root.Refuse(".expiration_date", "must be a date, YYYY-MM-DD")
                : expiry == PointsExpiry.Date ? throw root.Missing("expiration_date") : null,
        };
    }

    private static async Task<Results<Wire<CursorList<RawJson>>, ApiError>> ReadAsync(
        string? campaignId, string memberId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = TransactionAnswers.Read(query);
        return VoucherAnswers.CanBeCode(memberId) && (campaignId is null || Ids.Reference(campaignId) is not null)
            ? (await grains.LoyaltyQueries(caller.Number).TransactionsAsync(memberId, campaignId, asked, cancellation)).Answer()
            : ApiError.NotFound("voucher", memberId);
    }

    private static async Task<Results<Wire<ExportResponse>, ApiError>> ExportCardAsync(string? campaignId, string memberId, Caller caller, JsonBody body, HttpContext http, IGrainFactory grains)
    {
        Payload? root = body.IsEmpty ? null : body.Object;
        return await LoyaltyMemberEndpoints.IdAsync(memberId, campaignId, caller, grains) is { } id
            ? await ExportEndpoints.StartAsync(ExportReader.Transactions(root, "voucher_id", id), caller, body, http, grains)
            : ApiError.NotFound("voucher", memberId);
    }
}

/// <summary>Points to add or to take.</summary>
internal sealed record PointsRequest
{
    /// <summary>How many; less than 0 takes points.</summary>
    public required int Points { get; init; }

    /// <summary>PROGRAM_RULES: as the programme says. CUSTOM_DATE: at the end of expiration_date. NON_EXPIRING: never.</summary>
    public string? ExpirationType { get; init; }

    /// <summary>The last day, in the project's time zone.</summary>
    public string? ExpirationDate { get; init; }

    public string? Reason { get; init; }

    /// <summary>Your id of the change, which no other of the card has.</summary>
    public string? SourceId { get; init; }
}

/// <summary>Points to move here.</summary>
internal sealed record PointsTransferRequest
{
    /// <summary>The card they come from.</summary>
    public required string Code { get; init; }

    public required int Points { get; init; }

    public string? Reason { get; init; }

    /// <summary>Your id of it. That of the first transfer of a request stands for all of it.</summary>
    public string? SourceId { get; init; }
}
