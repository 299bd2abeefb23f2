using Marketing.Catalogue;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using DistributionAnswer = Microsoft.AspNetCore.Http.HttpResults.Results<
    Marketing.Http.Wire<Marketing.Distributions.DistributionResponse>, Marketing.Http.ApiError>;

namespace Marketing.Distributions;

/// <summary>Distributions: writing them, and their lifecycle.</summary>
internal static class DistributionEndpoints
{
    private const int MaxPage = 1_000;

    // Two templates of the largest size, and what is around them.
    private static readonly BodyLimit DraftLimit = new(3 * 1024 * 1024);

    private static readonly string[] Statuses = ["draft", "waiting_for_segment", "scheduled", "sending", "sent", "live", "paused", "stopped"];
    private static readonly string[] Types = ["manual", "automatic"];
    private static readonly string[] Subjects = [.. TriggerCatalogue.All.Select(trigger => trigger.Category).Distinct()];
    private static readonly string[] Triggers = [.. TriggerCatalogue.All.Select(trigger => trigger.Type)];

    public static void MapDistributions(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/distributions").WithTags("Distributions").WithPath("distributionId", "The id of the distribution.").WithPath("messageId", "The id of the message.");
        group.MapGet("/catalog", CatalogAsync).WithName("GetDistributionCatalog");
        group.MapPost("", CreateAsync).WithName("CreateDistribution").WithMetadata(DraftLimit).WithExample(DistributionExamples.Distribution);
        group.MapGet("", ListAsync).WithName("ListDistributions").WithQuery(
            [
                Query.OneOf("fields", "With summary, distributions have no templates, and the names of their segments.", "summary"),
                Query.Limit, Query.Page(MaxPage), Query.StartingAfterId, Query.OneOf("status", "Only distributions in this state.", Statuses), Query.OneOf("type", "Only distributions of this type.", Types),
                Query.OneOf("subject", "Only distributions with a trigger of this category.", Subjects),
                Query.OneOf("trigger", "Only distributions with this trigger.", Triggers), Query.Text("channel", "Only distributions with this channel, which must exist."),
                .. Query.Between("created_at", "created"), Query.Text("text", "Only distributions with this text in their name or the subject of their mail, in any case."),
                Query.Order("-created_at", "created_at", "updated_at", "name"),
            ]);
        group.MapGet("/{distributionId}", GetAsync).WithName("GetDistribution");
        group.MapPut("/{distributionId}", EditAsync).WithName("EditDistribution").WithMetadata(DraftLimit)
            .WithExample(DistributionExamples.Distribution);
        group.MapDelete("/{distributionId}", DeleteAsync).WithName("DeleteDistribution");
        group.MapPost("/{distributionId}/activate", ActivateAsync).WithName("ActivateDistribution");
        group.MapPost("/{distributionId}/pause", PauseAsync).WithName("PauseDistribution");
        group.MapPost("/{distributionId}/resume", ResumeAsync).WithName("ResumeDistribution");
        group.MapPost("/{distributionId}/stop", StopAsync).WithName("StopDistribution");
        group.MapPost("/{distributionId}/duplicate", DuplicateAsync).WithName("DuplicateDistribution");
        group.MapDistributionDrafts(DraftLimit);
        group.MapDistributionInspection();
        group.MapDistributionMessages();
        group.MapMessageEvidence();
        v1.MapDistributionPresets();
        v1.MapGet("/campaigns/{campaignId}/distributions", DistributionMessageEndpoints.OfCampaignAsync).WithName("GetCampaignPerformance").WithTags("Distributions")
            .WithPath("campaignId", "The id or the name of the campaign.");
    }

    /// <summary>What a builder can offer: triggers, actions, channels, and the variables each combination has.</summary>
    internal static async Task<Wire<RawJson>> CatalogAsync(Caller caller, IGrainFactory grains) =>
        Wire.Ok(await grains.DistributionQueries(caller.Number).CatalogAsync());

    /// <summary>Creates a draft, complete or not.</summary>
    internal static async Task<DistributionAnswer> CreateAsync(Caller caller, OwnBody<DistributionRequest> body, IGrainFactory grains)
    {
        var draft = DistributionReader.Read(body.Object);
        var id = caller.NewId("distr_");
        return Answer(id, await grains.Distribution(caller.Number, id).CreateAsync(draft, caller.Context(body.Utf8.Span)));
    }

    /// <summary>
    /// Lists distributions, by pages or after one of them. With <c>fields=summary</c> their channels have no templates, and the segment that starts one or that it goes to is there by name.
    /// </summary>
    internal static async Task<Wire<DistributionListResponse>> ListAsync(
        Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var list = await ReadListAsync(query, caller, grains);
        var queries = grains.DistributionQueries(caller.Number);
        if (query.OneOf("fields", "summary") is null)
        {
            var whole = await queries.ListAsync(list, cancellation);
            return Wire.Ok(DistributionListResponse.From(whole.Of<DistributionResponse>([.. whole.Items.Select(DistributionResponse.From)])));
        }

        var brief = await queries.SummariesAsync(list, cancellation);
        return Wire.Ok(DistributionListResponse.From(brief.Of<DistributionResponse>([.. brief.Items.Select(DistributionResponse.From)])));
    }

    /// <summary>One distribution.</summary>
    internal static async Task<DistributionAnswer> GetAsync(string distributionId, Caller caller, IGrainFactory grains) =>
        DistributionAnswers.CanBe(distributionId) && await grains.Distribution(caller.Number, distributionId).FindAsync() is { } distribution
            ? Wire.Ok(DistributionResponse.From(distribution), distribution.Version)
            : DistributionAnswers.NotFound(distributionId);

    /// <summary>
    /// Replaces the draft. The change applies to every message that was not handed over yet. With <c>If-Match</c> only the version that it names is replaced; a draft that is there already is answered as done.
    /// </summary>
    internal static Task<DistributionAnswer> EditAsync(
        string distributionId, Caller caller, OwnBody<DistributionRequest> body, IfMatch match, IGrainFactory grains)
    {
        var draft = DistributionReader.Read(body.Object);
        return CommandAsync(distributionId, caller, grains, distribution => distribution.EditAsync(draft, match.Version));
    }

    /// <summary>Deletes a distribution with its messages; refused while it is live or sending.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string distributionId, Caller caller, IGrainFactory grains)
    {
        if (!DistributionAnswers.CanBe(distributionId))
        {
            return DistributionAnswers.NotFound(distributionId);
        }

        var result = await grains.Distribution(caller.Number, distributionId).DeleteAsync();
        return result is DistributionResult.Done ? TypedResults.NoContent() : DistributionAnswers.Refusal(distributionId, result);
    }

    /// <summary>Manual: starts the countdown, which ends at <c>starts_at</c> at the earliest. Automatic: sets it live.</summary>
    internal static Task<DistributionAnswer> ActivateAsync(string distributionId, Caller caller, IGrainFactory grains) =>
        CommandAsync(distributionId, caller, grains, distribution => distribution.ActivateAsync());

    /// <summary>Stops hand-off until it is resumed.</summary>
    internal static Task<DistributionAnswer> PauseAsync(string distributionId, Caller caller, IGrainFactory grains) =>
        CommandAsync(distributionId, caller, grains, distribution => distribution.PauseAsync());

    /// <summary>Goes on where it was paused, with what was left of the countdown.</summary>
    internal static Task<DistributionAnswer> ResumeAsync(string distributionId, Caller caller, IGrainFactory grains) =>
        CommandAsync(distributionId, caller, grains, distribution => distribution.ResumeAsync());

    /// <summary>Ends it for good; messages that were not handed over are canceled.</summary>
    internal static Task<DistributionAnswer> StopAsync(string distributionId, Caller caller, IGrainFactory grains) =>
        CommandAsync(distributionId, caller, grains, distribution => distribution.StopAsync());

    /// <summary>Makes a new draft with the same content.</summary>
    internal static Task<DistributionAnswer> DuplicateAsync(string distributionId, Caller caller, IGrainFactory grains) =>
        CommandAsync(distributionId, caller, grains, distribution => distribution.DuplicateAsync(caller.NewId("distr_"), caller.Context([])));

    private static async Task<DistributionAnswer> CommandAsync(
        string id, Caller caller, IGrainFactory grains, Func<IDistributionGrain, Task<DistributionResult>> command) =>
        DistributionAnswers.CanBe(id) ? Answer(id, await command(grains.Distribution(caller.Number, id))) : DistributionAnswers.NotFound(id);

    private static DistributionAnswer Answer(string id, DistributionResult result) =>
        result is DistributionResult.Done done ? Wire.Ok(DistributionResponse.From(done.Distribution), done.Distribution.Version) : DistributionAnswers.Refusal(id, result);

    private static async Task<DistributionListQuery> ReadListAsync(QueryReader query, Caller caller, IGrainFactory grains) => new()
    {
        Limit = query.Limit(),
        Page = query.Page(MaxPage),
        StartingAfterId = query.Text("starting_after_id"),
        Status = query.OneOf("status", Statuses),
        Type = query.OneOf("type", Types),
        Trigger = query.OneOf("trigger", Triggers),
        Triggers = query.OneOf("subject", Subjects) is { } subject ? [.. TriggerCatalogue.All.Where(trigger => trigger.Category == subject).Select(trigger => trigger.Type)] : null,
        Channel = await query.ChannelAsync(caller, grains),
        CreatedAt = query.Range("created_at"),
        Text = query.Text("text"),
        Order = query.Order("-created_at", "created_at", "updated_at", "name"),
    };
}
