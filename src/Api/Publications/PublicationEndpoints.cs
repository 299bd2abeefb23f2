using System.Diagnostics;
using Marketing.Customers;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Publications;

/// <summary>Publications: who was given which code.</summary>
internal static class PublicationEndpoints
{
    private const int MaxPage = 100;

    private const string Example = """{"campaign":{"name":"Spring","count":1},"customer":{"source_id":"42","email":"jo@example.com"},"metadata":{"from":"till 3"}}""";

    private static readonly QueryParameter JoinOnce = Query.OneOf("join_once", "Whether a customer who was given a code of the campaign before gets the same one.", "true", "false");

    private static readonly QueryParameter Result = Query.OneOf("result", "Only publications that succeeded, or that failed.", "SUCCESS", "FAILURE");
    private static readonly QueryParameter VoucherType = Query.OneOf("voucher_type", "Only publications of codes of a type.", "discount", "gift", "loyalty");
    private static readonly QueryParameter IsReferral = Query.OneOf("is_referral_code", "Only publications of codes of referral programmes, or only others.", "true", "false");

    public static void MapPublications(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/publications").WithTags("Publications");
        group.MapPost("", PublishAsync).WithName("CreatePublication").WithQuery(JoinOnce).Accepts<PublicationRequest>("application/json")
            .WithExample(Example);
        group.MapGet("", ListAsync).WithName("ListPublications").WithQuery(
            Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at"), Query.Text("campaign", "Only publications of a campaign, by id or name."),
            Query.Text("customer", "Only publications to a customer, by id or source id."), Query.Text("voucher", "Only publications of a code."),
            Query.Text("source_id", "Only the publication with this source id."), Result, VoucherType, IsReferral,
            Query.Filters("publications", "id, created_at, customer_id, campaign_name, campaign_id, voucher, voucher_id, voucher_type, is_referral_code, channel, tracking_id, source_id, result, failure_code or metadata.KEY"));
    }

    public static void MapClientPublications(this IEndpointRouteBuilder client) =>
        client.MapPost("/publish", PublishClientSideAsync).WithName("PublishClientSide").WithTags("Client side").WithQuery(JoinOnce, Query.Origin)
            .Accepts<PublicationRequest>("application/json").WithExample(Example);

    /// <summary>
    /// Publishes a code, or several of a campaign, to a customer, who is made or changed on the way. A code has one holder: of several callers one gets it, the others
    /// <c>voucher_already_published</c>, or another code of the campaign. What could not be published is recorded too.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> PublishAsync(Caller caller, QueryReader query, JsonBody body, IGrainFactory grains)
    {
        var command = await CommandAsync(caller, query, body, grains);
        return Answer(await grains.Publications(caller.Number).PublishAsync(command, caller.Context(body.Utf8.Span, command.JoinOnce ? "join_once" : "")));
    }

    /// <summary>
    /// Publishes a code from a browser or an app, while the project's <c>client_publish_enabled</c> says so; otherwise there is nothing at this path. No profile is changed, and none is shown; a customer is made while
    /// <c>client_create_customer_enabled</c> says so.
    /// </summary>
    internal static async Task<Results<Wire<RawJson>, ApiError>> PublishClientSideAsync(Caller caller, QueryReader query, JsonBody body, IGrainFactory grains)
    {
        if (!caller.Project.Settings.ClientPublish)
        {
            return ApiError.ForStatus(StatusCodes.Status404NotFound);
        }

        var command = await CommandAsync(caller, query, body, grains);
        command = command with { Customer = ClientCustomers.Named(command.Customer) };
        if (await ClientCustomers.RefusalAsync(caller, command.CustomerId, command.Customer.SourceId, grains) is { } refusal)
        {
            return refusal;
        }

        var result = await grains.Publications(caller.Number).PublishAsync(command, caller.Context(body.Utf8.Span, command.JoinOnce ? "join_once" : ""));
        return Answer(result is PublicationResult.Published published ? published with { Publication = ClientCustomers.WithoutProfiles(published.Publication) } : result);
    }

    private static async Task<PublishCommand> CommandAsync(Caller caller, QueryReader query, JsonBody body, IGrainFactory grains)
    {
        var (command, customer) = PublicationReader.Read(body.Object);
        return command with { Id = caller.NewId("pub_"), CustomerId = await customer.ResolveAsync(caller, grains), Customer = customer.Patch, MustExist = customer.Id is not null, JoinOnce = query.OneOf(JoinOnce) == "true" };
    }

    /// <summary>
    /// Lists publications. <c>total</c> is exact, or of a campaign, a customer, a code or failed ones up to 10,000. What no index knows is asked of the first 2,000 of the list: a page that these do not fill is refused, and
    /// <c>total</c> is then how many were met.
    /// </summary>
    internal static async Task<Results<Wire<PublicationListResponse>, ApiError>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = new PublicationListQuery
        {
            Limit = query.Limit(),
            Page = query.Page(MaxPage),
            Order = query.Order("-created_at", "created_at"),
            Campaign = query.Text("campaign"),
            Customer = query.Text("customer"),
            Voucher = query.Text("voucher"),
            SourceId = query.Text("source_id"),
            Result = query.OneOf(Result),
            VoucherType = query.OneOf(VoucherType) switch { null => null, "gift" => "GIFT_VOUCHER", "loyalty" => "LOYALTY_CARD", _ => "DISCOUNT_VOUCHER" },
            IsReferral = query.OneOf(IsReferral) is { } referral ? referral == "true" : null,
            Filters = query.Filters(),
        };
        var listed = await grains.Publications(caller.Number).ListAsync(asked, cancellation);
        return listed.Page is { } page ? Wire.Ok(new PublicationListResponse(page.Items, page.Total) { TotalIsMinimum = page.TotalIsMinimum ? true : null }) : listed.Refusal();
    }

    private static Results<Wire<RawJson>, ApiError> Answer(PublicationResult result) => result switch
    {
        PublicationResult.Published published => Wire.Ok(published.Publication),
        _ => Refusal(result),
    };

    /// <summary>What a refusal is on the wire.</summary>
    public static ApiError Refusal(PublicationResult result) => result switch
    {
        PublicationResult.NotFound missing => ApiError.NotFound(missing.Type, missing.Id),
        PublicationResult.Failed failed => new ApiError(400, failed.Key, failed.Message, failed.Details),
        PublicationResult.DuplicateSourceId duplicate => ApiError.DuplicateSourceId("Publication", duplicate.SourceId),
        PublicationResult.DuplicateCustomerSourceId duplicate => ApiError.DuplicateSourceId("Customer", duplicate.SourceId),
        PublicationResult.InvalidMetadata invalid => ApiError.InvalidMetadata(invalid.Problems),
        PublicationResult.KeyReused => ApiError.KeyReused(),
        PublicationResult.Deleted deleted => ApiError.DeletedMeanwhile("publication", deleted.Id),
        _ => throw new UnreachableException(),
    };
}
