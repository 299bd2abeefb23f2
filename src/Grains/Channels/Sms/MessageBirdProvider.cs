using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Marketing.Channels.Sms;

/// <summary>
/// MessageBird's SMS Messaging API: https://developers.messagebird.com/api/sms-messaging/. Receipts are GET calls to the report address, signed as in
/// https://developers.messagebird.com/api/#verifying-http-requests.
/// </summary>
internal sealed class MessageBirdProvider : ISmsProvider
{
    private const string Default = "https://rest.messagebird.com";

    public ProviderDescriptor Descriptor { get; } = new("sms", "messagebird", "MessageBird")
    {
        Documentation = "https://developers.messagebird.com/api/sms-messaging/",
        GivesReceipts = true,
        Fields =
        [
            new("originator", EntryKind.Line, "Sender") { Required = true, Max = 17, Help = "A number of the account with its country, or a name of up to 11 letters." },
            new("stop_words", EntryKind.Line, "Words that unsubscribe") { Help = "Besides STOP and its like, with commas between them." },
            new("base_url", EntryKind.Url, "Address of the API") { Max = 2_048, Default = Default },
            new("access_key", EntryKind.Secret, "Access key") { Required = true },
            new("signing_key", EntryKind.Secret, "Signing key") { Help = "Without it no receipts and no replies are taken." },
        ],
    };

    public async Task<DeliveryOutcome> DeliverAsync(ProviderCall call, SmsItem item)
    {
        var body = new Dictionary<string, object>
        {
            ["originator"] = call.Values.Line("originator"),
            ["recipients"] = new[] { item.Digits },
            ["body"] = item.Text,
            ["datacoding"] = "auto",
            ["reference"] = item.MessageId,
        };
        if (item.ReceiptsUrl is { } receipts)
        {
            body["reportUrl"] = receipts;
        }

        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Post, "/messages", JsonContent.Create(body)));
        if (answer.IsSuccess)
        {
            return new DeliveryOutcome.Sent($"messagebird {answer.Text("id")}");
        }

        var said = $"{answer.Text("errors", "0", "code")} {answer.Text("errors", "0", "description")}".Trim();
        return answer.Text("errors", "0", "code") == "99" ? new DeliveryOutcome.TemporaryFailure($"HTTP {answer.Status}: {SmsOutcomes.Said(said)}", answer.RetryAfter) : answer.Failure(said);
    }

    public async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Get, "/balance", null));
        return SmsOutcomes.Check(answer, answer.Text("errors", "0", "description"));
    }

    public SmsReport Read(ChannelConnection connection, HookCall call, DateTimeOffset now)
    {
        if (HookCall.Claims(call.Header("messagebird-signature-jwt"), connection.Values.Text("signing_key")) is not { } claims || !IsAbout(claims, call, now))
        {
            return new SmsReport.Forged();
        }

        var values = new Dictionary<string, string>(call.Query);
        foreach (var (name, value) in call.Form)
        {
            values.TryAdd(name, value);
        }

        if (values.TryGetValue("status", out var status) && values.TryGetValue("reference", out var id))
        {
            return status switch
            {
                "delivered" => new SmsReport.Receipt(id, IsDelivered: true, null),
                "delivery_failed" or "expired" => new SmsReport.Receipt(id, IsDelivered: false, $"{status} {values.GetValueOrDefault("statusReason")} {values.GetValueOrDefault("statusErrorCode")}".Trim()),
                _ => new SmsReport.Nothing(),
            };
        }

        return values.TryGetValue("originator", out var from) && (values.TryGetValue("body", out var text) || values.TryGetValue("payload", out text))
            ? new SmsReport.Reply($"+{from.TrimStart('+')}", text)
            : new SmsReport.Nothing();
    }

    private static bool IsAbout(System.Text.Json.JsonElement claims, HookCall call, DateTimeOffset now)
    {
        string? Text(string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String ? value.GetString() : null;
        bool Within(string name, Func<long, bool> right) => claims.TryGetProperty(name, out var value) && value.TryGetInt64(out var second) && right(second);
        var second = now.ToUnixTimeSeconds();
        return Text("iss") == "MessageBird" && Within("nbf", nbf => nbf <= second + 1) && Within("exp", exp => second <= exp)
            && HookCall.AreSame(Text("url_hash")?.ToLowerInvariant(), HookCall.Hash(System.Text.Encoding.UTF8.GetBytes(call.Url)))
            && (call.Body.IsEmpty ? Text("payload_hash") is null : HookCall.AreSame(Text("payload_hash")?.ToLowerInvariant(), HookCall.Hash(call.Body.Span)));
    }

    private static HttpRequestMessage Request(ConnectionValues values, HttpMethod method, string path, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, (values.Text("base_url") ?? Default).TrimEnd('/') + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("AccessKey", values.Line("access_key"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }
}
