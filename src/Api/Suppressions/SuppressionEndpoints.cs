using Marketing.Distributions;
using Marketing.Http;
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
            .WithPath("channel", "The type of the channel, for example email.").WithPath("address", "The suppressed address.");
        group.MapGet("", ListAsync).WithName("ListSuppressions").WithQuery(
            Query.Limit, Query.Page(MaxPage), Query.Text("channel", "Only addresses of this channel, which must exist."),
            Query.Text("address", "Only this address, in any case."));
        group.MapPost("", AddAsync).WithName("AddSuppression")
            .WithExample("""{"channel":"email","address":"ada@example.com","reason":"complained"}""");
        group.MapDelete("/{channel}/{address}", RemoveAsync).WithName("RemoveSuppression");
    }

    /// <summary>Lists suppressed addresses, newest first. Up to 10,000 are counted; where there are more, <c>total_is_minimum</c> is true.</summary>
    internal static async Task<Wire<SuppressionListResponse>> ListAsync(
        Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var page = await grains.Suppressions(caller.Number).ListAsync(
            query.Limit(), query.Page(MaxPage), await query.ChannelAsync(caller, grains), query.Text("address", TextLimits.Email), cancellation);
        var suppressions = page.Items.Select(SuppressionResponse.From);
        return Wire.Ok(new SuppressionListResponse([.. suppressions], page.Total, page.HasMore) { TotalIsMinimum = page.TotalIsMinimum ? true : null });
    }

    /// <summary>Suppresses an address: no hand-off to it starts any more. Repeating it keeps the first reason.</summary>
    internal static async Task<Wire<SuppressionResponse>> AddAsync(Caller caller, OwnBody<SuppressionRequest> body, IGrainFactory grains)
    {
        var root = body.Object;
        var channel = Required(root, "channel", MaxChannel);
        var address = Required(root, "address", TextLimits.Email);
        if (await ChannelTypes.WhyNotAsync(channel, caller.Number, grains) is { } unknown)
        {
            throw root.Refuse(".channel", unknown);
        }

        var reason = root.OneOf("reason", "unsubscribed", "bounced", "complained", "manual") ?? "manual";
        return Wire.Ok(SuppressionResponse.From(await grains.Suppressions(caller.Number).AddAsync(channel, address, reason)));
    }

    /// <summary>Takes an address off the list.</summary>
    internal static async Task<Results<NoContent, ApiError>> RemoveAsync(string channel, string address, Caller caller, IGrainFactory grains) =>
        channel.Length <= MaxChannel && Ids.Reference(address) is { } reference &&
        await grains.Suppressions(caller.Number).RemoveAsync(channel, reference)
            ? TypedResults.NoContent()
            : ApiError.NotFound("suppression", $"{channel}/{address}");

    private static string Required(Payload body, string name, int maxLength)
    {
        body.RequiredText(name, maxLength);
        var text = body.Line(name, maxLength)!.Trim();
        return text.Length > 0 ? text : throw body.Refuse($".{name}", "must NOT be blank");
    }
}
