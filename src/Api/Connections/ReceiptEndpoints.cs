using System.Globalization;
using Marketing.Http;

namespace Marketing.Connections;

/// <summary>
/// Where providers report what became of messages and what people answer. The signature of the provider is the only credential, and nothing is told but whether the call was taken.
/// </summary>
internal static class ReceiptEndpoints
{
    private const string Prefix = "chan_";
    private const int MaxBody = 64 * 1024;
    private const int MaxHeader = 4_096;

    // What any of the signatures is made of, or carried in.
    private static readonly string[] Headers = ["authorization", "content-type", "x-twilio-signature", "messagebird-signature-jwt", "x-signature"];

    public static void MapReceipts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/hooks/channels").ExcludeFromDescription();
        group.MapGet("/{project}/{channelId}", TakeAsync);
        group.MapPost("/{project}/{channelId}", TakeAsync).DisableAntiforgery();
    }

    /// <summary>Takes a report. 403 where it does not come from the provider.</summary>
    internal static async Task<IResult> TakeAsync(string project, string channelId, HttpContext http, ProjectCache projects, IGrainFactory grains)
    {
        if (!int.TryParse(project, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Ids.CanBe(Prefix, channelId) || !await projects.AnyAsync(known => known.Number == number))
        {
            return ApiError.ForStatus(404);
        }

        var request = http.Request;
        var body = await PooledBody.ReadAsync(http, MaxBody);
        var taken = await grains.Receipts(number).ReceiveAsync(new ProviderReport
        {
            Connection = channelId,
            PathAndQuery = $"{request.PathBase}{request.Path}{request.QueryString}",
            Headers = Headers.Where(name => request.Headers[name] is [{ Length: <= MaxHeader }]).ToDictionary(name => name, name => request.Headers[name].ToString()),
            Body = body.Memory.ToArray(),
        });

        // Twilio reads an answer to a message out of the body: an empty one says nothing.
        return taken ? TypedResults.Ok() : new ApiError(403, "forbidden", "Forbidden", "The call is not signed by the provider");
    }
}
