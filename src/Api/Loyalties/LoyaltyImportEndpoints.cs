using Marketing.AsyncActions;
using Marketing.Campaigns;
using Marketing.Http;
using Marketing.Vouchers;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Loyalties;

/// <summary>Files of codes for campaigns. Those of a loyalty programme are cards, which have holders and points.</summary>
internal static class LoyaltyImportEndpoints
{
    public static void MapCampaignFiles(this IEndpointRouteBuilder v1) => v1.MapGroup("/campaigns/{campaignId}").WithTags("Campaigns").WithPath("campaignId", "The id or the name of the campaign.")
        .MapPost("/importCSV", ImportAsync).WithName("ImportCampaignVouchersCsv").WithMetadata(BodyLimit.Bulk, CsvUpload.Form).WithExample(VoucherExamples.File);

    /// <summary>
    /// Imports a file of codes into a campaign, part <c>file</c> of a form, with the columns of an import of vouchers. What each is worth is said by the campaign. For a loyalty programme there are besides: Customer Id or
    /// Customer Source Id, Points, Points Expiration Date (a day, or NEVER), Tier, Tier Expiration Date. A card whose points end on several days has several rows.
    /// </summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> ImportAsync(string campaignId, Caller caller, CsvUpload upload, IGrainFactory grains) =>
        await LoyaltyEndpoints.IdAsync(campaignId, caller, grains) is { } program ? await VoucherBulkEndpoints.StartIntoAsync(LoyaltyJobs.ImportMembers, program, upload, caller, grains)
        : await CampaignEndpoints.IdAsync(campaignId, caller, grains) is { } id ? await VoucherBulkEndpoints.StartIntoAsync(VoucherJobs.CampaignImportCsv, id, upload, caller, grains)
        : ApiError.NotFound("campaign", campaignId);
}
