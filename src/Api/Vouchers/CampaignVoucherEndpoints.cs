using Marketing.AsyncActions;
using Marketing.Campaigns;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Vouchers;

/// <summary>Codes of campaigns.</summary>
internal static class CampaignVoucherEndpoints
{
    public static void MapCampaignVouchers(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/campaigns/{campaignId}").WithTags("Campaigns").WithPath("campaignId", "The id or the name of the campaign.").WithPath("code", "The code that the voucher gets.");
        group.MapPost("/vouchers", AddAsync).WithName("AddCampaignVouchers").Accepts<VoucherRequest>("application/json").WithExample(CampaignExamples.Codes)
            .WithQuery(new QueryParameter("vouchers_count", "How many codes to make.") { IsNumber = true, Range = (1, (int)CampaignLimits.Codes), Default = "1" });
        group.MapPost("/vouchers/{code}", AddAsAsync).WithName("AddCampaignVoucherWithCode").Accepts<VoucherRequest>("application/json").WithExample(CampaignExamples.Codes);
        group.MapGet("/transactions", TransactionsAsync).WithName("ListCampaignTransactions").WithQuery(TransactionAnswers.Parameters);
        group.MapCampaignImports();
    }

    /// <summary>
    /// Adds codes to a campaign: one at once, several in the background. What each is worth is said by the campaign; the body may give metadata, dates and how often a code may be redeemed.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, WireAccepted<AsyncActionStarted>, ApiError>> AddAsync(
        string campaignId, Caller caller, QueryReader query, JsonBody body, IGrainFactory grains)
    {
        var command = VoucherReader.Create(body.Object) with { Campaign = campaignId };
        var count = long.TryParse(query.Text("vouchers_count") ?? "1", out var given) && given is >= 1 and <= CampaignLimits.Codes
            ? given
            : throw QueryReader.Refuse("vouchers_count", $"must be between 1 and {CampaignLimits.Codes}");
        if (await CampaignEndpoints.IdAsync(campaignId, caller, grains) is not { } id)
        {
            return ApiError.NotFound("campaign", campaignId);
        }

        var context = caller.Context(body.Utf8.Span, $"vouchers_count={count}");
        if (count == 1)
        {
            var result = await grains.Voucher(caller.Number, caller.NewId("v_")).CreateAsync(command with { Campaign = id }, context);
            return result is VoucherResult.Saved saved ? Wire.Ok(saved.Document) : VoucherAnswers.Refusal(result);
        }

        var answer = await grains.Campaign(caller.Number, id).AddCodesAsync(new CodesCommand(count, VoucherReader.OfEach(body.Object), command.CodeConfig), context);
        return answer is CampaignResult.Started started
            ? new WireAccepted<AsyncActionStarted>(new AsyncActionStarted(started.ActionId))
            : CampaignEndpoints.Refusal(answer);
    }

    /// <summary>Changes of the balances of a campaign's gift cards. Those of cards that were deleted are left out. Filters are asked of at most 2,000 for a page: it may then have fewer than there is room for, or none, and says with <c>has_more</c> where to go on.</summary>
    internal static async Task<Results<Wire<CursorList<RawJson>>, ApiError>> TransactionsAsync(
        string campaignId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = TransactionAnswers.Read(query);
        return Ids.Reference(campaignId) is { } reference
            ? (await grains.VoucherQueries(caller.Number).CampaignTransactionsAsync(reference, asked, cancellation)).Answer()
            : ApiError.NotFound("campaign", campaignId);
    }

    /// <summary>Adds a code to a campaign.</summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> AddAsAsync(string campaignId, string code, Caller caller, JsonBody body, IGrainFactory grains)
    {
        var command = VoucherReader.Create(body.Object, code);
        if (!VoucherAnswers.CanBeCode(code))
        {
            return ApiError.InvalidPayload($"A code has 1 to {VoucherLimits.Code} characters, without control characters");
        }

        return await CampaignEndpoints.IdAsync(campaignId, caller, grains) is { } id
            ? (await grains.Voucher(caller.Number, caller.NewId("v_")).CreateAsync(command with { Campaign = id }, caller.Context(body.Utf8.Span))).Answer()
            : ApiError.NotFound("campaign", campaignId);
    }
}
