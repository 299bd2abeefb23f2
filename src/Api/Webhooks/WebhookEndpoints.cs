using System.Diagnostics;
using Marketing.Http;
using Marketing.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using WebhookAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<Marketing.Http.Wire<Marketing.Webhooks.WebhookResponse>, Marketing.Http.ApiError>;

namespace Marketing.Webhooks;

/// <summary>Webhooks: which events of a project are posted where. A project's own key sees to them; the operator's does so for every project.</summary>
internal static class WebhookEndpoints
{
    public const string Prefix = "wh_";

    private const int MaxUrl = 2_048;
    private const int MaxEvents = 200;
    private const string Example = """{"target_url":"https://shop.example/hooks","events":["customer.order.paid","redemption.succeeded"],"active":true}""";
    private const string Change = """{"target_url":"https://shop.example/hooks","events":["customer.order.paid"]}""";

    private static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(1);

    public static void MapWebhooks(this IEndpointRouteBuilder v1)
    {
        // A token that ends must not make a secret that does not.
        var group = v1.MapGroup("/webhooks").WithTags("Webhooks").WithMetadata(new KeysOnly(OrSessions: true)).WithPath("webhookId", "The id of the webhook.");
        group.MapPost("", CreateAsync).WithName("CreateWebhook").WithExample(Example);
        group.MapGet("", ListAsync).WithName("ListWebhooks");
        group.MapGet("/events", Events).WithName("ListWebhookEvents");
        group.MapGet("/{webhookId}", GetAsync).WithName("GetWebhook");
        group.MapPut("/{webhookId}", UpdateAsync).WithName("UpdateWebhook").WithExample("""{"active":true}""");
        group.MapDelete("/{webhookId}", DeleteAsync).WithName("DeleteWebhook");
        group.MapPost("/{webhookId}/secret", RotateAsync).WithName("RotateWebhookSecret").WithExample("""{"overlap":"P1D"}""");
    }

    public static void MapManagedWebhooks(this IEndpointRouteBuilder management)
    {
        var group = management.MapGroup("/projects/{projectId}/webhooks").WithTags("Management").WithPath("projectId", "The id of the project.")
            .WithPath("webhookId", "The id of the webhook.");
        group.MapPost("", CreateManagedAsync).WithName("CreateManagedWebhook").Accepts<WebhookRequest>("application/json").WithExample(Example);
        group.MapGet("", ListManagedAsync).WithName("ListManagedWebhooks");
        group.MapGet("/{webhookId}", GetManagedAsync).WithName("GetManagedWebhook");
        group.MapPut("/{webhookId}", UpdateManagedAsync).WithName("UpdateManagedWebhook").Accepts<WebhookRequest>("application/json").WithExample(Change);
        group.MapDelete("/{webhookId}", DeleteManagedAsync).WithName("DeleteManagedWebhook");
    }

    /// <summary>Creates a webhook. Its secret is in this answer and nowhere else. What happens from then on is posted. A project has at most 100.</summary>
    internal static Task<WebhookAnswer> CreateAsync(Caller caller, OwnBody<WebhookRequest> body, IGrainFactory grains, HttpResponse response) =>
        MadeAsync(grains.Webhooks(caller.Number), caller.NewId(Prefix), Read(body.Object, isNew: true), caller.Context(body.Utf8.Span), response);

    /// <summary>Lists all webhooks, without their secrets.</summary>
    internal static Task<Wire<DataList<WebhookResponse>>> ListAsync(Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        ListedAsync(grains.Webhooks(caller.Number), cancellation);

    /// <summary>The types of events that a webhook can name, and which of them this engine posts.</summary>
    internal static Wire<DataList<WebhookEventResponse>> Events()
    {
        WebhookEventResponse[] all =
        [
            .. WebhookEvents.Posted.Select(static type => new WebhookEventResponse(type, Posted: true)), .. WebhookEvents.OfTheProduct.Select(static type => new WebhookEventResponse(type, Posted: false)),
        ];
        return Wire.Ok(new DataList<WebhookEventResponse>(all, all.Length));
    }

    /// <summary>One webhook.</summary>
    internal static Task<WebhookAnswer> GetAsync(string webhookId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        FoundAsync(grains.Webhooks(caller.Number), webhookId, cancellation);

    /// <summary>
    /// Changes what is given; events are replaced as a whole. One that is enabled again goes on with what it owed when it was disabled. Of what happened meanwhile nothing is posted.
    /// </summary>
    internal static Task<WebhookAnswer> UpdateAsync(string webhookId, Caller caller, OwnBody<WebhookRequest> body, IGrainFactory grains) =>
        ChangedAsync(grains.Webhooks(caller.Number), webhookId, Read(body.Object, isNew: false));

    /// <summary>Deletes a webhook with its log. What it owes is not posted any more.</summary>
    internal static Task<Results<NoContent, ApiError>> DeleteAsync(string webhookId, Caller caller, IGrainFactory grains) => RemovedAsync(grains.Webhooks(caller.Number), webhookId);

    /// <summary>
    /// Makes a new secret, which is in this answer and nowhere else. For the time of overlap, a day where none is given and seven days at the most, sendouts carry a signature of the secret before as well.
    /// </summary>
    internal static async Task<WebhookAnswer> RotateAsync(string webhookId, Caller caller, OwnBody<SecretRotationRequest> body, IGrainFactory grains, HttpResponse response)
    {
        var overlap = body.IsEmpty ? UsualOverlap : body.Object.Duration("overlap", Webhook.LongestOverlap) ?? UsualOverlap;
        response.Headers.CacheControl = "no-store";
        return Ids.CanBe(Prefix, webhookId)
            ? Answer(await grains.Webhooks(caller.Number).RotateSecretAsync(webhookId, overlap, caller.Context(body.Utf8.Span)), webhookId)
            : NotFound(webhookId);
    }

    /// <summary>Creates a webhook of a project. Its secret is in this answer and nowhere else. What happens from then on is posted. A project has at most 100.</summary>
    internal static async Task<WebhookAnswer> CreateManagedAsync(string projectId, JsonBody body, HttpContext http, IGrainFactory grains)
    {
        var draft = Read(body.Object, isNew: true);
        var context = new CommandContext { RequestId = http.TraceIdentifier, Channel = "API" };
        return await FindProjectAsync(projectId, grains) is { } project
            ? await MadeAsync(grains.Webhooks(project.Number), ObjectIds.New(Prefix), draft, context, http.Response)
            : ApiError.NotFound("project", projectId);
    }

    /// <summary>Lists all webhooks of a project, without their secrets.</summary>
    internal static async Task<Results<Wire<DataList<WebhookResponse>>, ApiError>> ListManagedAsync(string projectId, IGrainFactory grains, CancellationToken cancellation) =>
        await FindProjectAsync(projectId, grains) is { } project ? await ListedAsync(grains.Webhooks(project.Number), cancellation) : ApiError.NotFound("project", projectId);

    /// <summary>One webhook of a project.</summary>
    internal static async Task<WebhookAnswer> GetManagedAsync(string projectId, string webhookId, IGrainFactory grains, CancellationToken cancellation) =>
        await FindProjectAsync(projectId, grains) is { } project ? await FoundAsync(grains.Webhooks(project.Number), webhookId, cancellation) : ApiError.NotFound("project", projectId);

    /// <summary>Changes what is given of a webhook of a project; events are replaced as a whole.</summary>
    internal static async Task<WebhookAnswer> UpdateManagedAsync(string projectId, string webhookId, JsonBody body, IGrainFactory grains)
    {
        var draft = Read(body.Object, isNew: false);
        return await FindProjectAsync(projectId, grains) is { } project ? await ChangedAsync(grains.Webhooks(project.Number), webhookId, draft) : ApiError.NotFound("project", projectId);
    }

    /// <summary>Deletes a webhook of a project with its log.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteManagedAsync(string projectId, string webhookId, IGrainFactory grains) =>
        await FindProjectAsync(projectId, grains) is { } project ? await RemovedAsync(grains.Webhooks(project.Number), webhookId) : ApiError.NotFound("project", projectId);

    public static ApiError NotFound(string id) => ApiError.NotFound("webhook", id);

    private static async Task<WebhookAnswer> MadeAsync(IWebhooksGrain webhooks, string id, WebhookDraft draft, CommandContext context, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return Answer(await webhooks.CreateAsync(id, draft, context), id);
    }

    private static async Task<Wire<DataList<WebhookResponse>>> ListedAsync(IWebhooksGrain webhooks, CancellationToken cancellation)
    {
        var all = await webhooks.ListAsync(cancellation);
        return Wire.Ok(new DataList<WebhookResponse>([.. all.Select(static webhook => WebhookResponse.From(webhook))], all.Count));
    }

    private static async Task<WebhookAnswer> FoundAsync(IWebhooksGrain webhooks, string id, CancellationToken cancellation) =>
        Ids.CanBe(Prefix, id) && await webhooks.FindAsync(id, cancellation) is { } webhook ? Wire.Ok(WebhookResponse.From(webhook)) : NotFound(id);

    private static async Task<WebhookAnswer> ChangedAsync(IWebhooksGrain webhooks, string id, WebhookDraft draft) =>
        Ids.CanBe(Prefix, id) ? Answer(await webhooks.ChangeAsync(id, draft), id) : NotFound(id);

    private static async Task<Results<NoContent, ApiError>> RemovedAsync(IWebhooksGrain webhooks, string id) =>
        Ids.CanBe(Prefix, id) && await webhooks.DeleteAsync(id) ? TypedResults.NoContent() : NotFound(id);

    private static async ValueTask<Project?> FindProjectAsync(string projectId, IGrainFactory grains) =>
        Ids.CanBe("proj_", projectId) ? await grains.ProjectDirectory.FindAsync(projectId) : null;

    private static WebhookDraft Read(Payload body, bool isNew)
    {
        var target = isNew ? body.RequiredText("target_url", MaxUrl) : body.Line("target_url", MaxUrl);
        var events = body.Texts("events", MaxEvents, TextLimits.Name);
        return new WebhookDraft { TargetUrl = target, Events = events is null && isNew ? throw body.Missing("events") : events, IsActive = body.Flag("active") };
    }

    private static WebhookAnswer Answer(WebhookResult result, string id) => result switch
    {
        WebhookResult.Saved saved => Wire.Ok(WebhookResponse.From(saved.Webhook, saved.Secret)),
        WebhookResult.NotFound => NotFound(id),
        WebhookResult.Invalid { Problems: var problems } => ApiError.InvalidPayload(problems),
        WebhookResult.TooMany => ApiError.InvalidPayload($"A project has at most {Webhook.Most} webhooks"),
        WebhookResult.KeyReused => ApiError.KeyReused(),
        WebhookResult.Deleted => ApiError.DeletedMeanwhile("webhook", id),
        _ => throw new UnreachableException(),
    };
}
