using Marketing.Activity;
using Marketing.Campaigns;
using Marketing.Customers;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions;

/// <summary>What became of a distribution: its messages, figures and log.</summary>
internal static class DistributionMessageEndpoints
{
    private const int MaxRetried = 1_000;
    private const int MaxMessageId = 100;

    private static readonly string[] Statuses = ["queued", "retrying", "sending", "sent", "failed", "skipped", "canceled"];
    private static readonly string[] Intervals = ["hour", "day"];
    private static readonly string[] Fills = ["true", "false"];

    public static void MapDistributionMessages(this IEndpointRouteBuilder distributions)
    {
        distributions.MapGet("/{distributionId}/messages", ListAsync).WithName("ListDistributionMessages")
            .WithQuery(
                Query.Limit, Query.StartingAfterId, Query.OneOf("status", "Only messages in this state.", Statuses),
                Query.Text("channel", "Only messages of this channel, which must exist."),
                Query.Text("customer", "Only messages to this customer, by id or source id, who must exist."));
        distributions.MapPost("/{distributionId}/messages/retry", RetryAsync).WithName("RetryDistributionMessages")
            .WithExample(DistributionExamples.Retry);
        distributions.MapGet("/{distributionId}/analytics", AnalyticsAsync).WithName("GetDistributionAnalytics")
            .WithQuery(
                Query.OneOf("interval", "How long the intervals of the series are.", Intervals) with { Default = "day" },
                Query.Instant("start_date", "Series from this time on."), Query.Instant("end_date", "Series until this time."),
                Query.Text("zone", "The IANA time zone in which days begin; the project's when absent."),
                Query.OneOf("fill", "With true, intervals in which nothing happened are there, too, up to 1,000.", Fills));
        distributions.MapGet("/{distributionId}/activity", ActivityAsync).WithName("ListDistributionActivity")
            .WithQuery(
                Query.Limit, Query.Order("-created_at", "created_at", "recorded"), Query.StartingAfterId,
                Query.Instant("start_date", "Only what happened from this time on."), Query.Instant("end_date", "Only what happened until this time."),
                Query.Text("type", "Only entries of this type, for example distribution.activated."));
        distributions.MapGet("/{distributionId}/activity/stream", StreamAsync).WithName("StreamDistributionActivity")
            .Produces<string>(contentType: "text/event-stream").WithQuery(Query.StartingAfterId);
    }

    /// <summary>The messages, newest first: one per recipient, channel and occurrence of the trigger.</summary>
    internal static async Task<Results<Wire<CursorList<MessageResponse>>, ApiError>> ListAsync(
        string distributionId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var list = new MessageListQuery
        {
            Limit = query.Limit(),
            StartingAfterId = query.Text("starting_after_id"),
            Status = query.OneOf("status", Statuses),
            Channel = await query.ChannelAsync(caller, grains),
            CustomerId = query.Text("customer") is { } customer
                ? await grains.CustomerQueries(caller.Number).FindIdAsync(customer, cancellation)
                    ?? throw QueryReader.Refuse("customer", "must be a customer that there is")
                : null,
        };
        return DistributionAnswers.CanBe(distributionId) &&
            await grains.DistributionQueries(caller.Number).MessagesAsync(distributionId, list, cancellation) is { } page
            ? Wire.Ok(CursorList<MessageResponse>.From(page, MessageResponse.From, message => message.Id))
            : DistributionAnswers.NotFound(distributionId);
    }

    /// <summary>Queues failed messages again: the given ones, or all.</summary>
    internal static async Task<Results<Wire<RetryResponse>, ApiError>> RetryAsync(
        string distributionId, Caller caller, OwnBody<RetryRequest> body, IGrainFactory grains)
    {
        var ids = body.IsEmpty ? null : body.Object.Texts("message_ids", MaxRetried, MaxMessageId);
        return DistributionAnswers.CanBe(distributionId) &&
            await grains.Distribution(caller.Number, distributionId).RetryFailedAsync(ids, caller.Context(body.Utf8.Span)) is { } retried
            ? Wire.Ok(new RetryResponse(retried))
            : DistributionAnswers.NotFound(distributionId);
    }

    /// <summary>
    /// The distributions that give out codes of a campaign or start when something happens to them: their state, their channels, codes issued, messages delivered, codes redeemed at least
    /// once, and the part of the issued codes that these are.
    /// </summary>
    internal static async Task<Results<Wire<CampaignPerformanceResponse>, ApiError>> OfCampaignAsync(string campaignId, Caller caller, IGrainFactory grains, CancellationToken cancellation)
    {
        if (Ids.Reference(campaignId) is not { } reference || await grains.CampaignQueries(caller.Number).FindIdAsync(reference, cancellation) is not { } id)
        {
            return ApiError.NotFound("campaign", campaignId);
        }

        var found = await grains.DistributionQueries(caller.Number).OfCampaignAsync(id, cancellation);
        return Wire.Ok(new CampaignPerformanceResponse(found.Distributions, found.Distributions.Count, found.CodesIssued, found.MessagesDelivered, found.CodesRedeemed, found.RedemptionRate));
    }

    /// <summary>Figures by channel, in total and over time. Days begin in a time zone, the project's unless another is named; with <c>fill=true</c> none is left out.</summary>
    internal static async Task<Results<Wire<Analytics>, ApiError>> AnalyticsAsync(
        string distributionId, Caller caller, QueryReader query, IGrainFactory grains, TimeProvider clock, CancellationToken cancellation)
    {
        var wanted = new AnalyticsQuery(query.OneOf("interval", Intervals) ?? "day", query.Instant("start_date"), query.Instant("end_date"))
        {
            Zone = query.Text("zone") is { } zone ? TimeZones.IsKnown(zone) ? zone : throw QueryReader.Refuse("zone", "must be an IANA time zone") : null,
            Fill = query.OneOf("fill", Fills) == "true",
        };
        var length = wanted.Interval == "day" ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1);
        if (wanted.Fill && wanted.Start is { } start && ((wanted.End ?? clock.GetUtcNow()) - start) / length > AnalyticsQuery.MostFilled - 2)
        {
            throw QueryReader.Refuse("fill", $"takes at most {AnalyticsQuery.MostFilled} intervals; start later or take longer ones");
        }

        return DistributionAnswers.CanBe(distributionId) &&
            await grains.DistributionQueries(caller.Number).AnalyticsAsync(distributionId, wanted, cancellation) is { } analytics
            ? Wire.Ok(analytics)
            : DistributionAnswers.NotFound(distributionId);
    }

    /// <summary>
    /// What happened, newest first: lifecycle and messages. By <c>created_at</c> an entry that is recorded late stands before what was read already;
    /// by <c>recorded</c> none does, so that is the order to follow a distribution in, page by page.
    /// </summary>
    internal static async Task<Results<Wire<CursorList<DistributionEventResponse>>, ApiError>> ActivityAsync(
        string distributionId, Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var order = query.Order("-created_at", "created_at", "recorded");
        var activity = new ActivityQuery
        {
            Limit = query.Limit(),
            Ascending = !order.StartsWith('-'),
            Recorded = order.EndsWith("recorded", StringComparison.Ordinal),
            StartingAfterId = query.Text("starting_after_id"),
            Start = query.Instant("start_date"),
            End = query.Instant("end_date"),
            Type = query.Text("type"),
        };
        return DistributionAnswers.CanBe(distributionId) &&
            await grains.DistributionQueries(caller.Number).ActivityAsync(distributionId, activity, cancellation) is { } page
            ? Wire.Ok(CursorList<DistributionEventResponse>.From(page, DistributionEventResponse.From, happened => happened.Id))
            : DistributionAnswers.NotFound(distributionId);
    }

    /// <summary>
    /// The same as server-sent events in the order in which they were recorded, from now on, or from the entry in <c>Last-Event-ID</c> or <c>starting_after_id</c> on. Ends when the client
    /// leaves or the distribution is deleted.
    /// </summary>
    internal static async Task<IResult> StreamAsync(
        string distributionId, Caller caller, QueryReader query, HttpContext http, IGrainFactory grains, IOptions<ActivityStreamOptions> options,
        IHostApplicationLifetime lifetime, ActivityStreams streams)
    {
        if (!DistributionAnswers.CanBe(distributionId))
        {
            return DistributionAnswers.NotFound(distributionId);
        }

        var lastSeen = http.Request.Headers["Last-Event-ID"].ToString();
        var after = lastSeen.Length is > 0 and <= TextLimits.Name ? lastSeen : query.Text("starting_after_id");
        var source = new ActivitySource(grains.DistributionQueries(caller.Number), distributionId);
        return await source.StartAsync(after, http.RequestAborted)
            ? new ActivityStream(source, options.Value, streams, lifetime.ApplicationStopping)
            : DistributionAnswers.NotFound(distributionId);
    }
}
