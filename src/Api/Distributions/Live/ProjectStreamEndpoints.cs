using Marketing.Http;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions;

/// <summary>One stream for a whole project.</summary>
internal static class ProjectStreamEndpoints
{
    private const int LongestId = 100;

    public static void MapProjectStream(this IEndpointRouteBuilder v1) =>
        v1.MapGet("/stream", Open).WithName("StreamProject").WithTags("Distributions").Produces<string>(contentType: "text/event-stream")
            .WithQuery(Query.Text("starting_after_id", "The last id of a stream that broke off, where Last-Event-ID cannot be sent."));

    /// <summary>
    /// What changes in the project, as server-sent events: <c>distribution</c> when its state or its counts are others, <c>segment</c> while it is synchronised, <c>activity</c> for every entry of a
    /// distribution's activity, and <c>resync</c> where so much was missed that it has to be read anew. From now on, or from <c>Last-Event-ID</c> on; then entries of activity may come again, under the
    /// same ids. Of more than 1,000 distributions that go on, the newest are followed.
    /// </summary>
    internal static IResult Open(
        Caller caller, QueryReader query, HttpContext http, IGrainFactory grains, IOptions<ActivityStreamOptions> options, IHostApplicationLifetime lifetime, ActivityStreams streams)
    {
        var lastSeen = http.Request.Headers["Last-Event-ID"].ToString();
        var lastId = lastSeen.Length is > 0 and <= LongestId ? lastSeen : query.Text("starting_after_id");
        return new ProjectStream(new ProjectSource(grains, caller.Number), lastId, options.Value, streams, lifetime.ApplicationStopping);
    }
}
