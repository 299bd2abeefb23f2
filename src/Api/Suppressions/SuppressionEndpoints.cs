using Marketing.AsyncActions;
using Marketing.Distributions;
using Marketing.Http;
using Marketing.Topics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Suppressions;

/// <summary>Suppressions: the addresses that must not be written to.</summary>
internal static class SuppressionEndpoints
{
    private const int MaxPage = 1_000;
    private const int MaxChannel = 50;

    public static void MapSuppressions(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/suppressions").WithTags("Suppressions")
            .WithPath("channel", "The type of the channel, for example email, or all.").WithPath("address", "The suppressed address.");
        group.MapGet("", ListAsync).WithName("ListSuppressions").WithQuery(
            Query.Limit, Query.Page(MaxPage), Query.Text("channel", "Only those of this channel, which must exist, or those of all with all."),
            Query.Text("address", "Only this address, in any case."), Reason, Query.Text("topic", "Only those of the topic with this id."));
        group.MapPost("", AddAsync).WithName("AddSuppression")
            .WithExample("""{"channel":"email","address":"ada@example.com","reason":"complained"}""");
        group.MapPost("/import", ImportAsync).WithName("ImportSuppressions").WithMetadata(BodyLimit.Bulk)
            .WithExample("""[{"channel":"email","address":"ada@example.com","reason":"unsubscribed"},{"channel":"all","address":"bob@example.com"}]""");
        group.MapPost("/importCSV", ImportFileAsync).WithName("ImportSuppressionsCsv").WithMetadata(BodyLimit.Bulk, CsvUpload.Form)
            .WithExample("""{"file":"Channel,Address,Reason\nemail,ada@example.com,unsubscribed\n"}""");
        group.MapDelete("/{channel}/{address}", RemoveAsync).WithName("RemoveSuppression").WithQuery(Query.Text("topic", "The id of the topic it is about; without one, what is about everything."));
    }

    private static QueryParameter Reason => Query.OneOf("reason", "Only those with this reason.", [.. SuppressionReasons.All]);

    /// <summary>Lists suppressed addresses, newest first. Up to 10,000 are counted; where there are more, <c>total_is_minimum</c> is true.</summary>
    internal static async Task<Wire<SuppressionListResponse>> ListAsync(
        Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var channel = query.Text("channel");
        var filter = new SuppressionFilter(
            channel == Suppression.AllChannels ? channel : await query.ChannelAsync(caller, grains), query.Text("address", TextLimits.Email), query.OneOf(Reason), query.Text("topic"));
        var page = await grains.Suppressions(caller.Number).ListAsync(query.Limit(), query.Page(MaxPage), filter, cancellation);
        var suppressions = page.Items.Select(SuppressionResponse.From);
        return Wire.Ok(new SuppressionListResponse([.. suppressions], page.Total, page.HasMore) { TotalIsMinimum = page.TotalIsMinimum ? true : null });
    }

    /// <summary>Suppresses an address, for a channel or for all, of everything or of one topic: no hand-off to it starts any more. Repeating it keeps the first reason, but any other replaces <c>unsubscribed</c>.</summary>
    internal static async Task<Wire<SuppressionResponse>> AddAsync(Caller caller, OwnBody<SuppressionRequest> body, IGrainFactory grains)
    {
        var root = body.Object;
        var channel = Required(root, "channel", MaxChannel);
        var address = Required(root, "address", TextLimits.Email);
        if (channel != Suppression.AllChannels && await ChannelTypes.WhyNotAsync(channel, caller.Number, grains) is { } unknown)
        {
            throw root.Refuse(".channel", unknown);
        }

        var topic = root.Line("topic", MaxChannel) is { Length: > 0 } named ? named : null;
        if (topic is not null && !(Ids.CanBe("top_", topic) && await grains.Topics(caller.Number).FindAsync(topic) is not null))
        {
            throw root.Refuse(".topic", "must be the id of a topic that there is");
        }

        var reason = root.OneOf("reason", [.. SuppressionReasons.All]) ?? SuppressionReasons.Manual;
        return Wire.Ok(SuppressionResponse.From(await grains.Suppressions(caller.Number).AddAsync(channel, address, reason, topic)));
    }

    /// <summary>
    /// Imports suppressions from a JSON array of what <c>POST /v1/suppressions</c> takes, as a background job. A row that does not fit is a failed one of its result and costs no other; what is on the list
    /// stays as it is there, but for <c>unsubscribed</c>, which any other reason replaces.
    /// </summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> ImportAsync(Caller caller, OwnBody<IReadOnlyList<SuppressionRequest>> body, IGrainFactory grains)
    {
        _ = body.Array;
        return await AsyncActionStarted.StartAsync(SuppressionJobs.Import, body.Utf8.ToArray(), caller.Context(body.Utf8.Span), caller, grains) is { } started
            ? new WireAccepted<AsyncActionStarted>(started)
            : ApiError.KeyReused();
    }

    /// <summary>
    /// Imports a file of suppressions, part <c>file</c> of a form: separated by comma, semicolon, tab or bar. Columns: Address, Channel (email where it is empty, or all), Reason (manual where it is empty),
    /// Topic. A file that was exported can be imported as it is. What is on the list
    /// stays as it is there, but for <c>unsubscribed</c>, which any other reason replaces.
    /// </summary>
    internal static async Task<Results<WireAccepted<AsyncActionStarted>, ApiError>> ImportFileAsync(Caller caller, CsvUpload upload, IGrainFactory grains) =>
        await AsyncActionStarted.StartAsync(SuppressionJobs.ImportCsv, upload.File, caller.Context(upload.File), caller, grains) is { } started
            ? new WireAccepted<AsyncActionStarted>(started)
            : ApiError.KeyReused();

    /// <summary>Takes an address off the list, as it was added: what is suppressed for all channels or for a topic stays so unless that is named.</summary>
    internal static async Task<Results<NoContent, ApiError>> RemoveAsync(string channel, string address, Caller caller, QueryReader query, IGrainFactory grains) =>
        channel.Length <= MaxChannel && Ids.Reference(address) is { } reference &&
        await grains.Suppressions(caller.Number).RemoveAsync(channel, reference, query.Text("topic"), reason: null)
            ? TypedResults.NoContent()
            : ApiError.NotFound("suppression", $"{channel}/{address}");

    private static string Required(Payload body, string name, int maxLength)
    {
        body.RequiredText(name, maxLength);
        var text = body.Line(name, maxLength)!.Trim();
        return text.Length > 0 ? text : throw body.Refuse($".{name}", "must NOT be blank");
    }
}
