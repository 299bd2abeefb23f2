using Marketing.Channels;
using Marketing.Http;

namespace Marketing.Connections;

/// <summary>Text messages: what a text takes.</summary>
internal static class SmsEndpoints
{
    private const int MaxText = 10_000;

    public static void MapSms(this IEndpointRouteBuilder v1) =>
        v1.MapPost("/sms/count", Count).WithName("CountSms").WithTags("Channels").WithExample("""{"text":"Your code: ABC-123"}""");

    /// <summary>Says in which alphabet a text travels and in how many segments, and which characters cost it the smaller one.</summary>
    internal static Wire<SmsCountResponse> Count(OwnBody<SmsCountRequest> body)
    {
        var text = body.Object.Text("text", MaxText) ?? throw body.Object.Missing("text");
        var count = SmsText.Of(text);
        return Wire.Ok(new SmsCountResponse(count.Encoding, count.Segments, count.Length, count.PerSegment, count.Left, count.Unusual));
    }
}

/// <summary>A text to count.</summary>
internal sealed record SmsCountRequest
{
    public required string Text { get; init; }
}

/// <summary>What a text takes.</summary>
/// <param name="Encoding"><c>GSM-7</c> or <c>UCS-2</c>.</param>
/// <param name="Segments">How many messages of the network it takes.</param>
/// <param name="Length">How many places it takes.</param>
/// <param name="PerSegment">How many places a segment of it has.</param>
/// <param name="Left">How many more places the last segment has.</param>
/// <param name="Ucs2Characters">The characters that are not in GSM-7.</param>
internal sealed record SmsCountResponse(string Encoding, int Segments, int Length, int PerSegment, int Left, IReadOnlyList<string> Ucs2Characters)
{
    public string Object { get; } = "sms_count";
}
