using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Marketing.Channels.Sms;

/// <summary>
/// Vonage's Messages API, channel sms: https://developer.vonage.com/en/api/messages-olympus. Receipts and replies:
/// https://developer.vonage.com/en/messages/concepts/sms-status-callbacks, signed as in https://developer.vonage.com/en/getting-started/concepts/webhooks.
/// </summary>
internal sealed class VonageProvider : ISmsProvider
{
    private const int LongestReference = 40;

    private static readonly TimeSpan Old = TimeSpan.FromMinutes(5);

    public ProviderDescriptor Descriptor { get; } = new("sms", "vonage", "Vonage")
    {
        Documentation = "https://developer.vonage.com/en/api/messages-olympus",
        GivesReceipts = true,
        Fields =
        [
            new("api_key", EntryKind.Line, "API key") { Required = true, Max = 64 },
            new("from", EntryKind.Line, "Sender") { Required = true, Max = 50, Help = "A number of the account with its country, or a name of up to 11 letters." },
            new("stop_words", EntryKind.Line, "Words that unsubscribe") { Help = "Besides STOP and its like, with commas between them." },
            new("base_url", EntryKind.Url, "Address of the API") { Max = 2_048, Default = "https://api.nexmo.com" },
            new("api_secret", EntryKind.Secret, "API secret") { Required = true },
            new("signature_secret", EntryKind.Secret, "Signature secret") { Help = "Of the account; without it no receipts and no replies are taken." },
        ],
    };

    public async Task<DeliveryOutcome> DeliverAsync(ProviderCall call, SmsItem item)
    {
        var body = new Dictionary<string, string>
        {
            ["channel"] = "sms",
            ["message_type"] = "text",
            ["to"] = item.Digits,
            ["from"] = call.Values.Line("from").TrimStart('+'),
            ["text"] = item.Text,
            ["client_ref"] = PlainText.Start(item.MessageId, LongestReference),
        };
        if (item.ReceiptsUrl is { } receipts)
        {
            (body["webhook_url"], body["webhook_version"]) = (receipts, "v1");
        }

        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Post, Base(call.Values) + "/v1/messages", JsonContent.Create(body)));
        if (answer.IsSuccess)
        {
            return new DeliveryOutcome.Sent($"vonage {answer.Text("message_uuid")}");
        }

        var said = $"{answer.Text("title")} {answer.Text("detail")}".Trim();
        return CodeOf(answer) switch
        {
            1000 or 1030 or 1100 or 1180 or 1220 or 1230 or 1331 => new DeliveryOutcome.TemporaryFailure($"HTTP {answer.Status}: {SmsOutcomes.Said(said)}", answer.RetryAfter, BurnsAttempt: false),
            1240 => SmsOutcomes.OptedOut,
            1260 or 1280 or 1300 => new DeliveryOutcome.PermanentFailure(SmsOutcomes.Said(said), SuppressAddress: true),
            _ => answer.Failure(said),
        };
    }

    public async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Get, (call.Values.Text("base_url") ?? "https://rest.nexmo.com").TrimEnd('/') + "/account/get-balance", null));
        return SmsOutcomes.Check(answer, answer.Text("error-code-label"));
    }

    public SmsReport Read(ChannelConnection connection, HookCall call, DateTimeOffset now)
    {
        var token = call.Header("authorization") is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..] : null;
        if (HookCall.Claims(token, connection.Values.Text("signature_secret")) is not { } claims
            || !(claims.TryGetProperty("iat", out var iat) && iat.TryGetInt64(out var issued) && Math.Abs(now.ToUnixTimeSeconds() - issued) <= Old.TotalSeconds)
            || !(claims.TryGetProperty("api_key", out var key) && key.GetString() == connection.Values.Line("api_key"))
            || !(claims.TryGetProperty("payload_hash", out var hash) && HookCall.AreSame(hash.GetString()?.ToLowerInvariant(), HookCall.Hash(call.Body.Span))))
        {
            return new SmsReport.Forged();
        }

        var body = new ProviderAnswer { Body = call.Json() };
        if (body.Text("status") is { } status)
        {
            // The address is not signed, the body is.
            var id = body.Text("client_ref") ?? call.Query.GetValueOrDefault(SmsOutcomes.MessageParameter);
            return (status, id) switch
            {
                (_, null) => new SmsReport.Nothing(),
                ("delivered" or "read", _) => new SmsReport.Receipt(id, IsDelivered: true, null),
                ("rejected" or "undeliverable", _) => new SmsReport.Receipt(id, IsDelivered: false, $"{status} {body.Text("error", "title")} {body.Text("error", "detail")}".Trim()),
                _ => new SmsReport.Nothing(),
            };
        }

        return body.Text("from") is { } from && body.Text("text") is { } text ? new SmsReport.Reply($"+{from.TrimStart('+')}", text) : new SmsReport.Nothing();
    }

    // The code is in the title, or at the end of the type.
    private static int? CodeOf(ProviderAnswer answer) =>
        int.TryParse(answer.Text("title"), System.Globalization.CultureInfo.InvariantCulture, out var code) || int.TryParse(answer.Text("type")?.Split('#')[^1].Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture, out code) ? code : null;

    private static string Base(ConnectionValues values) => (values.Text("base_url") ?? "https://api.nexmo.com").TrimEnd('/');

    private static HttpRequestMessage Request(ConnectionValues values, HttpMethod method, string url, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, url) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{values.Line("api_key")}:{values.Line("api_secret")}")));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }
}
