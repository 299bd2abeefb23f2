using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Vouchers;

/// <summary>Vouchers: codes, and gift cards.</summary>
internal static class VoucherEndpoints
{
    private const int MaxPage = 100;
    private const int MostIds = 100;

    private const string FilterFields =
        "id, code, voucher_type, campaign, campaign_id, categories, category_ids, additional_info, holder_id, active, is_referral_code, start_date, expiration_date, validity_day_of_week, validity_timeframe, redemption.quantity, redemption.redeemed_quantity, created_at, updated_at or metadata.KEY";

    private static readonly QueryParameter Force = Query.OneOf("force", "Taken as true whatever is given: what is deleted is deleted for good.", "true", "false");

    public static void MapVouchers(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/vouchers").WithTags("Vouchers").WithPath("code", "The code or the id of the voucher.");
        group.MapPost("", CreateAsync).WithName("CreateVoucher").Accepts<VoucherRequest>("application/json").WithExample(VoucherExamples.Voucher);
        group.MapGet("", ListAsync).WithName("ListVouchers").WithQuery(
            Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at", "updated_at"), Query.Text("campaign_id", "Only vouchers of a campaign."),
            Query.Text("campaign", "Only vouchers of a campaign, by its name."), Query.Text("customer", "Only vouchers that were published to a customer, by id or source id."),
            Query.Text("code", "Only the voucher with this code."), Query.Text("ids", "Only vouchers with these ids or codes; given several times."),
            Query.Between("created_at", "created")[0], Query.Between("created_at", "created")[1], Query.Between("updated_at", "changed")[0], Query.Between("updated_at", "changed")[1],
            Query.Text("category", "Only vouchers in a category, by name or id: their own, or that of their campaign."), Query.Filters("vouchers", FilterFields));
        group.MapGet("/{code}", GetAsync).WithName("GetVoucher");
        group.MapPost("/{code}", CreateAsAsync).WithName("CreateVoucherWithCode").Accepts<VoucherRequest>("application/json").WithExample(VoucherExamples.Gift);
        group.MapPut("/{code}", UpdateAsync).WithName("UpdateVoucher").Accepts<VoucherRequest>("application/json").WithExample(VoucherExamples.Change);
        group.MapDelete("/{code}", DeleteAsync).WithName("DeleteVoucher").WithQuery(Force);
        group.MapPost("/{code}/enable", EnableAsync).WithName("EnableVoucher");
        group.MapPost("/{code}/disable", DisableAsync).WithName("DisableVoucher");
        group.MapPost("/{code}/balance", ChangeBalanceAsync).WithName("ChangeVoucherBalance").Accepts<BalanceRequest>("application/json").WithExample("""{"amount":2500,"source_id":"refund-17","reason":"A late parcel"}""");
        group.MapGet("/{code}/transactions", TransactionsAsync).WithName("ListVoucherTransactions").WithQuery(TransactionAnswers.Parameters);
        group.MapVoucherBulk();
        v1.MapCampaignVouchers();
    }

    /// <summary>Creates a voucher, under the code that is given or one that is made, with a campaign or without one.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> CreateAsync(Caller caller, JsonBody body, IGrainFactory grains) =>
        (await grains.Voucher(caller.Number, caller.NewId("v_")).CreateAsync(VoucherReader.Create(body.Object), caller.Context(body.Utf8.Span))).Answer();

    /// <summary>Creates a voucher under a code.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> CreateAsAsync(string code, Caller caller, JsonBody body, IGrainFactory grains) =>
        VoucherAnswers.CanBeCode(code)
            ? (await grains.Voucher(caller.Number, caller.NewId("v_")).CreateAsync(VoucherReader.Create(body.Object, code), caller.Context(body.Utf8.Span))).Answer()
            : ApiError.InvalidPayload($"A code has 1 to {VoucherLimits.Code} characters, without control characters");

    /// <summary>
    /// Lists vouchers. <c>total</c> is exact, or within a campaign, of a customer or within a time up to 10,000. With <c>updated_at</c> they are sorted by that, the last changed first. Filters and a category, and a campaign of
    /// what a customer holds, are asked of the first 2,000 of the list: a page that these do not fill is refused, and <c>total</c> is then how many were met. Filters that name codes or ids look at those.
    /// </summary>
    internal static async Task<Results<Wire<VoucherListResponse>, ApiError>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var (campaign, customer, category, filters) = (query.Text("campaign_id") ?? query.Text("campaign"), query.Text("customer"), query.Text("category"), query.Filters());
        var ids = query.Texts("ids");
        var updated = query.Range("updated_at");
        if (updated is not null && (customer is not null || query.Range("created_at") is not null))
        {
            throw QueryReader.Refuse("updated_at", "goes with neither customer nor created_at");
        }

        var order = query.Order(updated is null ? "-created_at" : "-updated_at", updated is null ? ["created_at", "updated_at"] : ["updated_at"]);
        if ((category is not null || filters is not null) && order.EndsWith("updated_at", StringComparison.Ordinal))
        {
            throw QueryReader.Refuse(updated is null ? "order" : "updated_at", "goes with neither category nor filters");
        }

        var asked = new VoucherListQuery
        {
            Limit = query.Limit(),
            Page = query.Page(MaxPage),
            Order = order,
            Campaign = campaign,
            Customer = customer,
            Code = query.Text("code"),
            Ids = ids.Count == 0 ? null : ids.Count <= MostIds ? ids : throw QueryReader.Refuse("ids", $"must not have more than {MostIds} values"),
            CreatedAt = query.Range("created_at"),
            UpdatedAt = updated,
            Category = category,
            Filters = filters,
        };
        var listed = await grains.VoucherQueries(caller.Number).ListAsync(asked, cancellation);
        return listed.Page is { } page ? Wire.Ok(new VoucherListResponse(page.Items, page.Total) { TotalIsMinimum = page.TotalIsMinimum ? true : null }) : listed.Refusal();
    }

    /// <summary>One voucher.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> GetAsync(string code, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        VoucherAnswers.CanBeCode(code) && await grains.VoucherQueries(caller.Number).FindAsync(code, cancellation) is { } voucher ? Wire.Ok(voucher) : ApiError.NotFound("voucher", code);

    /// <summary>Changes what is given. Type and code stay.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> UpdateAsync(string code, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = VoucherReader.Change(body.Object);
        return await IdAsync(code, caller, grains) is { } id
            ? (await grains.Voucher(caller.Number, id).ChangeAsync(command, caller.Context(body.Utf8.Span))).Answer()
            : ApiError.NotFound("voucher", code);
    }

    /// <summary>Deletes a voucher for good.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string code, Caller caller, IGrainFactory grains) =>
        await IdAsync(code, caller, grains) is { } id && await grains.Voucher(caller.Number, id).DeleteAsync() ? TypedResults.NoContent() : ApiError.NotFound("voucher", code);

    /// <summary>Enables a voucher.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> EnableAsync(string code, Caller caller, IGrainFactory grains) => SetActiveAsync(code, true, caller, grains);

    /// <summary>Disables a voucher: it is neither redeemed nor published until it is enabled again.</summary>
    internal static Task<Results<Wire<RawJson>, ApiError>> DisableAsync(string code, Caller caller, IGrainFactory grains) => SetActiveAsync(code, false, caller, grains);

    /// <summary>Adds credits to a gift card or, with less than 0, takes some. The same source id with the same amount again changes nothing and answers the same.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> ChangeBalanceAsync(string code, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var root = body.Object;
        var amount = root.Integer("amount", -VoucherLimits.Credits, VoucherLimits.Credits) ?? throw root.Missing("amount");
        var change = new CreditsChange(amount == 0 ? throw root.Refuse(".amount", "must NOT be 0") : amount, root.Identifier("source_id"), root.Text("reason", TextLimits.Description));
        return await IdAsync(code, caller, grains) is { } id
            ? (await grains.Voucher(caller.Number, id).ChangeBalanceAsync(change, caller.Context(body.Utf8.Span))).Answer()
            : ApiError.NotFound("voucher", code);
    }

    /// <summary>Changes of the balance of a gift card. Filters are asked of at most 2,000 for a page: it may then have fewer than there is room for, or none, and says with <c>has_more</c> where to go on.</summary>
    internal static async Task<Results<Wire<CursorList<RawJson>>, ApiError>> TransactionsAsync(
        string code, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = TransactionAnswers.Read(query);
        return VoucherAnswers.CanBeCode(code) ? (await grains.VoucherQueries(caller.Number).TransactionsAsync(code, asked, cancellation)).Answer() : ApiError.NotFound("voucher", code);
    }

    private static async Task<Results<Wire<RawJson>, ApiError>> SetActiveAsync(string code, bool active, Caller caller, IGrainFactory grains) =>
        await IdAsync(code, caller, grains) is { } id ? (await grains.Voucher(caller.Number, id).SetActiveAsync(active)).Answer() : ApiError.NotFound("voucher", code);

    private static async ValueTask<string?> IdAsync(string code, Caller caller, IGrainFactory grains) =>
        VoucherAnswers.CanBeCode(code) ? await grains.VoucherQueries(caller.Number).FindIdAsync(code) : null;
}
