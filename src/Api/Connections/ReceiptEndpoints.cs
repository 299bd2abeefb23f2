using System.Globalization;
using Marketing.Http;

namespace Marketing.Connections;

/// <summary>
/// Where providers report what became of messages and what people answer. The signature of the provider is the only credential, and nothing is told but whether the call was taken.
/// </summary>
internal static class ReceiptEndpoints
{
    private const string Prefix = "chan_";

    // SendGrid sends as many events at once as make three quarters of this.
    private const int MaxBody = 1024 * 1024;
    private const int MaxHeader = 4_096;

    // What any of the signatures is made of, or carried in.
    private static readonly string[] Headers =
    [
        "authorization", "content-type", "x-twilio-signature", "messagebird-signature-jwt", "x-signature",
        "x-twilio-email-event-webhook-signature", "x-twilio-email-event-webhook-timestamp",
    ];

    public static void MapReceipts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/hooks/channels").ExcludeFromDescription();
        group.MapGet("/{project}/{channelId}", TakeAsync);
        group.MapPost("/{project}/{channelId}", TakeAsync).DisableAntiforgery();
        group.MapPost("/{project}/{channelId}/mail", ReturnAsync).DisableAntiforgery();
    }

    /// <summary>Takes a report. 403 where it does not come from the provider.</summary>
    internal static async Task<IResult> TakeAsync(string project, string channelId, HttpContext http, ProjectCache projects, IGrainFactory grains) =>
        await HandAsync(project, channelId, http, projects, (number, report) => grains.Receipts(number).ReceiveAsync(report));

    /// <summary>Takes a mail that came back, as it arrived. 403 where the call has neither the secret of the connection nor a signature by it.</summary>
    internal static async Task<IResult> ReturnAsync(string project, string channelId, HttpContext http, ProjectCache projects, IGrainFactory grains) =>
        await HandAsync(project, channelId, http, projects, (number, report) => grains.Receipts(number).ReturnAsync(report));

    private static async Task<IResult> HandAsync(string project, string channelId, HttpContext http, ProjectCache projects, Func<int, ProviderReport, Task<bool>> take)
    {
        if (!int.TryParse(project, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Ids.CanBe(Prefix, channelId) || !await projects.AnyAsync(known => known.Number == number))
        {
            return ApiError.ForStatus(404);
        }

        var request = http.Request;
        var body = await PooledBody.ReadAsync(http, MaxBody);
        var taken = await take(number, new ProviderReport
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
