using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Channels.Sms;

/// <summary>
/// Twilio's Programmable Messaging, Message resource: https://www.twilio.com/docs/messaging/api/message-resource. Receipts:
/// https://www.twilio.com/docs/messaging/guides/track-outbound-message-status, signed as in https://www.twilio.com/docs/usage/webhooks/webhooks-security.
/// </summary>
internal sealed class TwilioProvider : ISmsProvider
{
    public ProviderDescriptor Descriptor { get; } = new("sms", "twilio", "Twilio")
    {
        Documentation = "https://www.twilio.com/docs/messaging/api/message-resource",
        GivesReceipts = true,
        Fields =
        [
            new("account_sid", EntryKind.Line, "Account SID") { Required = true, Max = 64 },
            new("from", EntryKind.Line, "Sender") { Max = 50, Help = "A number of the account with its country, or a name of up to 11 letters." },
            new("messaging_service_sid", EntryKind.Line, "Messaging Service SID") { Max = 64, Help = "Instead of a sender." },
            new("base_url", EntryKind.Url, "Address of the API") { Max = 2_048, Default = "https://api.twilio.com" },
            new("auth_token", EntryKind.Secret, "Auth Token") { Required = true },
        ],
    };

    public IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        if (values.Text("from") is null == values.Text("messaging_service_sid") is null)
        {
            yield return new FieldProblem("settings.from", "must be given, or settings.messaging_service_sid, and not both");
        }
    }

    public async Task<DeliveryOutcome> DeliverAsync(ProviderCall call, SmsItem item)
    {
        var fields = new Dictionary<string, string> { ["To"] = item.To, ["Body"] = item.Text };
        var (sender, value) = call.Values.Text("from") is { } from ? ("From", from) : ("MessagingServiceSid", call.Values.Line("messaging_service_sid"));
        fields[sender] = value;
        if (item.ReceiptsUrl is { } receipts)
        {
            fields["StatusCallback"] = receipts;
        }

        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Post, "/Messages.json", new FormUrlEncodedContent(fields)));
        if (answer.IsSuccess)
        {
            return new DeliveryOutcome.Sent($"twilio {answer.Text("sid")}");
        }

        // Some refusals are about the moment, some about the number.
        var said = $"{answer.Text("code")} {answer.Text("message")}".Trim();
        return answer.Text("code") switch
        {
            "20429" or "21611" or "30001" => new DeliveryOutcome.TemporaryFailure($"HTTP {answer.Status}: {said}", answer.RetryAfter, BurnsAttempt: false),
            "21610" => SmsOutcomes.OptedOut,
            "21211" or "21614" or "21635" or "30006" => new DeliveryOutcome.PermanentFailure(SmsOutcomes.Said(said), SuppressAddress: true),
            _ => answer.Failure(said),
        };
    }

    public async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Get, ".json", null));
        return SmsOutcomes.Check(answer, answer.Text("message"), answer.Text("status") is null or "active" ? null : $"The account is {answer.Text("status")}.");
    }

    public SmsReport Read(ChannelConnection connection, HookCall call, DateTimeOffset now)
    {
        var form = call.Form;
        if (!IsSigned(connection.Values.Line("auth_token"), call, form))
        {
            return new SmsReport.Forged();
        }

        if (form.TryGetValue("MessageStatus", out var status) && call.Query.TryGetValue(SmsOutcomes.MessageParameter, out var id))
        {
            return status switch
            {
                "delivered" or "read" => new SmsReport.Receipt(id, IsDelivered: true, null),
                "undelivered" or "failed" or "canceled" => new SmsReport.Receipt(id, IsDelivered: false, form.TryGetValue("ErrorCode", out var code) ? $"{status}, code {code}" : status),
                _ => new SmsReport.Nothing(),
            };
        }

        return form.TryGetValue("From", out var from) && form.TryGetValue("Body", out var text) ? new SmsReport.Reply(from, text) : new SmsReport.Nothing();
    }

    // It is not settled whether the port is in what they sign where it is the usual one.
    private static bool IsSigned(string token, HookCall call, IReadOnlyDictionary<string, string> form)
    {
        var given = call.Header("x-twilio-signature");
        return new[] { call.Url, WithPort(call.Url), WithoutPort(call.Url) }.Distinct(StringComparer.Ordinal).Any(url => HookCall.AreSame(given, Sign(token, url, form)));
    }

    internal static string Sign(string token, string url, IReadOnlyDictionary<string, string> form)
    {
        var signed = new StringBuilder(url);
        foreach (var (name, value) in form.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            signed.Append(name).Append(value);
        }

#pragma warning disable CA5350 // What the provider signs with is not ours to choose.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }

    private static string WithPort(string url) => new Uri(url) is { IsDefaultPort: true } uri ? $"{uri.Scheme}://{uri.Host}:{uri.Port}{url[(uri.GetLeftPart(UriPartial.Authority).Length)..]}" : url;

    private static string WithoutPort(string url) =>
        new Uri(url) is { IsDefaultPort: true } uri && url.StartsWith($"{uri.Scheme}://{uri.Host}:{uri.Port}", StringComparison.Ordinal) ? $"{uri.Scheme}://{uri.Host}{url[$"{uri.Scheme}://{uri.Host}:{uri.Port}".Length..]}" : url;

    private static HttpRequestMessage Request(ConnectionValues values, HttpMethod method, string path, HttpContent? content)
    {
        var account = Uri.EscapeDataString(values.Line("account_sid"));
        var request = new HttpRequestMessage(method, $"{(values.Text("base_url") ?? "https://api.twilio.com").TrimEnd('/')}/2010-04-01/Accounts/{account}{path}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{values.Line("account_sid")}:{values.Line("auth_token")}")));
        return request;
    }
}
