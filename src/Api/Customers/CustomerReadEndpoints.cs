using Marketing.Activity;
using Marketing.Http;
using Marketing.Segments;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Customers;

/// <summary>What is known around a customer: activity and segments.</summary>
internal static class CustomerReadEndpoints
{
    private static readonly string[] CampaignTypes = ["PROMOTION", "GIFT_VOUCHERS", "REFERRAL_PROGRAM", "DISCOUNT_COUPONS", "LOYALTY_PROGRAM"];

    private static readonly QueryParameter[] ActivityParameters =
    [
        Query.Limit, Query.Order("-created_at", "created_at"), Query.StartingAfterId,
        Query.Instant("start_date", "Only what happened from this time on."), Query.Instant("end_date", "Only what happened until this time."),
        Query.Text("campaign_id", "Only what belongs to this campaign, among the latest 10,000 entries."),
        Query.OneOf("campaign_type", "Only what belongs to campaigns of this type, likewise.", CampaignTypes),
        Query.OneOf("category", "Only what the customer did, or what followed from it.", "ACTION", "EFFECT"),
        Query.Text("type", "Only events of this type, for example customer.segment.entered."),
    ];

    public static void MapCustomerReads(this IEndpointRouteBuilder customers)
    {
        customers.MapGet("/{customerId}/activity", ActivityAsync).WithName("ListCustomerActivity").WithQuery(ActivityParameters);
        customers.MapGet("/{customerId}/activities", ActivitiesAsync).WithName("ListCustomerActivities").WithQuery(
            [.. ActivityParameters, Query.Instant("starting_after", "The created_at of the last entry of the page before.")]);
        customers.MapGet("/{customerId}/segments", SegmentsAsync).WithName("ListCustomerSegments");
    }

    /// <summary>What happened to a customer, newest first.</summary>
    internal static async Task<Results<Wire<CursorList<CustomerActivityResponse>>, ApiError>> ActivityAsync(
        string customerId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation) =>
        await ReadAsync(customerId, caller, query, grains, cancellation) is { } page
            ? Wire.Ok(CursorList<CustomerActivityResponse>.From(page, CustomerActivityResponse.From, entry => entry.Id))
            : ApiError.NotFound("customer", customerId);

    /// <summary>
    /// What happened to a customer, in the older envelope with a total. <c>starting_after</c> is the <c>created_at</c> of the last entry that was read; a page that
    /// would end among entries of one instant goes on to the last of them.
    /// </summary>
    internal static async Task<Results<Wire<DataList<CustomerActivityResponse>>, ApiError>> ActivitiesAsync(
        string customerId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        query.RefuseGiven("product_id", "is not supported: no entry of an activity names a product");
        if (await ReadAsync(customerId, caller, query, grains, cancellation, query.Instant("starting_after")) is not { } page)
        {
            return ApiError.NotFound("customer", customerId);
        }

        var entries = page.Items.Select(CustomerActivityResponse.From).ToList();
        return Wire.Ok(new DataList<CustomerActivityResponse>(entries, page.Total < 0 ? entries.Count : page.Total));
    }

    /// <summary>The segments a customer belongs to; for an unknown customer, those that one would match who has nothing but this id.</summary>
    internal static async Task<Results<Wire<DataList<CustomerSegmentResponse>>, ApiError>> SegmentsAsync(
        string customerId, Caller caller, IGrainFactory grains, CancellationToken cancellation)
    {
        if (Ids.Reference(customerId) is not { } reference)
        {
            return ApiError.NotFound("customer", customerId);
        }

        var segments = await grains.SegmentQueries(caller.Number).OfCustomerAsync(reference, cancellation);
        var found = segments.Select(segment => new CustomerSegmentResponse(segment.Id, segment.Name));
        return Wire.Ok(new DataList<CustomerSegmentResponse>([.. found], segments.Count));
    }

    private static async Task<Page<ActivityEntry>?> ReadAsync(
        string customerId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation, DateTimeOffset? startingAfter = null)
    {
        var activity = new ActivityQuery
        {
            Limit = query.Limit(),
            Ascending = query.Order("-created_at", "created_at") == "created_at",
            StartingAfterId = query.Text("starting_after_id"),
            Start = query.Instant("start_date"),
            End = query.Instant("end_date"),
            Type = query.Text("type"),
            Category = query.OneOf("category", "ACTION", "EFFECT"),
            Campaign = query.Text("campaign_id"),
            CampaignType = query.OneOf("campaign_type", CampaignTypes),
        };
        activity = activity with { StartingAfter = activity.StartingAfterId is null ? startingAfter : null };
        return await CustomerEndpoints.FindIdAsync(customerId, caller, grains) is { } id
            ? await grains.CustomerQueries(caller.Number).ActivityAsync(id, activity, cancellation)
            : null;
    }
}
