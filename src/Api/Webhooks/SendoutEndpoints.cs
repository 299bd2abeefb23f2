using System.Diagnostics;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Webhooks;

/// <summary>What the webhooks of a project posted, and posting it again.</summary>
internal static class SendoutEndpoints
{
    private const string Prefix = "whs_";
    private const int MaxPage = 100;

    private static readonly string[] States = ["owed", "succeeded", "failed"];

    public static void MapSendouts(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/webhooks/{webhookId}").WithTags("Webhooks").WithMetadata(new KeysOnly(OrSessions: true)).WithPath("webhookId", "The id of the webhook.");
        group.MapPost("/test", TestAsync).WithName("TestWebhook");
        group.MapGet("/sendouts", ListAsync).WithName("ListSendouts").WithQuery(
            [Query.Limit, Query.Page(MaxPage), Query.OneOf("status", "Only those that are in this state.", States), Query.Text("type", "Only events of this type."), .. Query.Between("created_at", "created")]);
        group.MapPost("/sendouts/retry", ReplaySinceAsync).WithName("RetrySendouts").WithExample("""{"since":"2026-01-01T00:00:00Z","status":"failed"}""");
        group.MapGet("/sendouts/{sendoutId}", GetAsync).WithName("GetSendout").WithPath("sendoutId", "The id of the sendout.");
        group.MapPost("/sendouts/{sendoutId}/retry", ReplayAsync).WithName("RetrySendout").WithPath("sendoutId", "The id of the sendout.");
    }

    /// <summary>Posts an event of the type ping, signed as all are, and answers what the receiver said. It is not in the log, and a webhook that is disabled can be tested too.</summary>
    internal static async Task<Results<Wire<WebhookTestResponse>, ApiError>> TestAsync(string webhookId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe(WebhookEndpoints.Prefix, webhookId) && await grains.Webhook(caller.Number, webhookId).PingAsync() is { } test
            ? Wire.Ok(new WebhookTestResponse(test.Works, test.Status, test.Answer, test.Error, (int)test.Took.TotalMilliseconds))
            : WebhookEndpoints.NotFound(webhookId);

    /// <summary>Lists what a webhook owes, posted or could not post, the newest first, without the bodies. It is kept for 30 days, unless the deployment says otherwise.</summary>
    internal static async Task<Results<Wire<SendoutListResponse>, ApiError>> ListAsync(
        string webhookId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var asked = new SendoutQuery
        {
            Status = query.OneOf("status", States),
            Type = query.Text("type"),
            Limit = query.Limit(),
            Page = query.Page(MaxPage),
            Between = query.Range("created_at"),
        };
        return Ids.CanBe(WebhookEndpoints.Prefix, webhookId) && await grains.SendoutQueries(caller.Number).ListAsync(webhookId, asked, cancellation) is { } page
            ? Wire.Ok(new SendoutListResponse([.. page.Items.Select(SendoutResponse.From)], page.Total, page.HasMore) { TotalIsMinimum = page.TotalIsMinimum ? true : null })
            : WebhookEndpoints.NotFound(webhookId);
    }

    /// <summary>One sendout, with its body to the byte.</summary>
    internal static async Task<Results<Wire<SendoutResponse>, ApiError>> GetAsync(string webhookId, string sendoutId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe(WebhookEndpoints.Prefix, webhookId) && Ids.CanBe(Prefix, sendoutId) && await grains.SendoutQueries(caller.Number).FindAsync(webhookId, sendoutId, cancellation) is { } sendout
            ? Wire.Ok(SendoutResponse.From(sendout))
            : ApiError.NotFound("sendout", sendoutId);

    /// <summary>Posts a sendout once more, under its id, whatever became of it before. A webhook that is disabled is enabled first: 409.</summary>
    internal static async Task<Results<Wire<ReplayResponse>, ApiError>> ReplayAsync(string webhookId, string sendoutId, Caller caller, IGrainFactory grains) =>
        !Ids.CanBe(WebhookEndpoints.Prefix, webhookId) ? WebhookEndpoints.NotFound(webhookId)
        : !Ids.CanBe(Prefix, sendoutId) ? ApiError.NotFound("sendout", sendoutId)
        : Answer(await grains.Webhook(caller.Number, webhookId).ReplayAsync(sendoutId), webhookId, sendoutId);

    /// <summary>Posts what happened since an instant once more, each under its id: what failed, or all. At most 10,000 in one call, the oldest first. A webhook that is disabled is enabled first: 409.</summary>
    internal static async Task<Results<Wire<ReplayResponse>, ApiError>> ReplaySinceAsync(string webhookId, Caller caller, OwnBody<ReplayRequest> body, IGrainFactory grains)
    {
        var since = body.Object.Instant("since") ?? throw body.Object.Missing("since");
        var all = body.Object.OneOf("status", "failed", "all") == "all";
        return Ids.CanBe(WebhookEndpoints.Prefix, webhookId)
            ? Answer(await grains.Webhook(caller.Number, webhookId).ReplaySinceAsync(since, all), webhookId, "")
            : WebhookEndpoints.NotFound(webhookId);
    }

    private static Results<Wire<ReplayResponse>, ApiError> Answer(ReplayResult result, string webhookId, string sendoutId) => result switch
    {
        ReplayResult.Owed owed => Wire.Ok(new ReplayResponse(owed.Count, owed.HasMore)),
        ReplayResult.NotFound => WebhookEndpoints.NotFound(webhookId),
        ReplayResult.NoSuchSendout => ApiError.NotFound("sendout", sendoutId),
        ReplayResult.Disabled => new ApiError(409, "webhook_disabled", "Webhook disabled", "Nothing is posted to a webhook that is disabled; enable it first") { ResourceId = webhookId, ResourceType = "webhook" },
        _ => throw new UnreachableException(),
    };
}
