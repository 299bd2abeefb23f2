using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Channels.Sms;

/// <summary>Any gateway that takes a text message as one HTTP call. Its receipts come as JSON signed by HMAC, as webhooks of this engine are.</summary>
internal sealed class HttpSmsProvider : ISmsProvider
{
    private static readonly string[] Placeholders = ["{to}", "{text}", "{from}", "{id}", "{receipts_url}"];

    public ProviderDescriptor Descriptor { get; } = new("sms", "http", "HTTP gateway")
    {
        GivesReceipts = true,
        Fields =
        [
            new("url", EntryKind.Url, "Address") { Required = true, Max = 2_048 },
            new("format", EntryKind.Choice, "Format of the body") { Options = ["json", "form"], Default = "json" },
            new("fields", EntryKind.Map, "Fields of the body") { Required = true, Max = 1_000, Help = "Their names, and what is in them: {to}, {text}, {from}, {id}, {receipts_url} are replaced." },
            new("headers", EntryKind.Map, "Further headers") { Max = 2_000 },
            new("from", EntryKind.Line, "Sender") { Max = 50 },
            new("id_field", EntryKind.Line, "Field of the answer that names the message") { Max = 100 },
            new("test_url", EntryKind.Url, "Address to try the credentials at") { Max = 2_048, Help = "Called with GET; any answer of success will do." },
            new("stop_words", EntryKind.Line, "Words that unsubscribe") { Help = "Besides STOP and its like, with commas between them." },
            new("authorization", EntryKind.Secret, "Header authorization") { Max = 2_000 },
            new("receipts_secret", EntryKind.Secret, "Secret of receipts") { Help = "Receipts and replies are taken where the header x-signature has the HMAC-SHA256 of the body, in hexadecimal digits." },
        ],
    };

    public IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        var fields = values.Map("fields").Values;
        if (!fields.Any(static value => value.Contains("{to}", StringComparison.Ordinal)) || !fields.Any(static value => value.Contains("{text}", StringComparison.Ordinal)))
        {
            yield return new FieldProblem("settings.fields", "must have {to} and {text} in them");
        }

        foreach (var (name, _) in values.Map("headers").Where(static header => !header.Key.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')))
        {
            yield return new FieldProblem($"settings.headers.{name}", "must have a name of lower-case letters, digits and dashes");
        }
    }

    public async Task<DeliveryOutcome> DeliverAsync(ProviderCall call, SmsItem item)
    {
        var fields = call.Values.Map("fields").ToDictionary(static field => field.Key, field => Filled(field.Value, item, call.Values));
        HttpContent content = call.Values.Text("format") == "form" ? new FormUrlEncodedContent(fields) : JsonContent.Create(fields);
        var answer = await call.SendAsync(Request(call.Values, HttpMethod.Post, call.Values.Line("url"), content));
        var id = call.Values.Text("id_field") is { } field ? answer.Text(field) : null;
        return answer.IsSuccess ? new DeliveryOutcome.Sent(id ?? $"HTTP {answer.Status}") : answer.Failure(answer.Text("message") ?? answer.Text("error"));
    }

    public async Task<ConnectionCheck> TestAsync(ProviderCall call) => call.Values.Text("test_url") is { } url
        ? SmsOutcomes.Check(await call.SendAsync(Request(call.Values, HttpMethod.Get, url, null)), null)
        : new ConnectionCheck(true, "Nothing is known to try it with without sending; set test_url.");

    public SmsReport Read(ChannelConnection connection, HookCall call, DateTimeOffset now)
    {
        if (connection.Values.Text("receipts_secret") is not { } secret
            || !HookCall.AreSame(call.Header("x-signature")?.ToLowerInvariant(), Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), call.Body.Span))))
        {
            return new SmsReport.Forged();
        }

        var body = new ProviderAnswer { Body = call.Json() };
        return (body.Text("status"), body.Text("id")) switch
        {
            ("delivered", { } id) => new SmsReport.Receipt(id, IsDelivered: true, null),
            ("undelivered" or "failed", { } id) => new SmsReport.Receipt(id, IsDelivered: false, body.Text("reason")),
            _ => body.Text("from") is { } from && body.Text("text") is { } text ? new SmsReport.Reply(from, text) : new SmsReport.Nothing(),
        };
    }

    private static string Filled(string template, SmsItem item, ConnectionValues values)
    {
        // In one go: what a text says is not looked at again.
        var filled = new StringBuilder();
        for (var at = 0; at < template.Length;)
        {
            var placeholder = Placeholders.FirstOrDefault(known => template.AsSpan(at).StartsWith(known, StringComparison.Ordinal));
            filled.Append(placeholder switch
            {
                null => template[at].ToString(),
                "{to}" => item.To,
                "{text}" => item.Text,
                "{from}" => values.Line("from"),
                "{id}" => item.MessageId,
                _ => item.ReceiptsUrl ?? "",
            });
            at += placeholder?.Length ?? 1;
        }

        return filled.ToString();
    }

    private static HttpRequestMessage Request(ConnectionValues values, HttpMethod method, string url, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, url) { Content = content };
        foreach (var (name, value) in values.Map("headers"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (values.Text("authorization") is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("authorization", authorization);
        }

        return request;
    }
}
