using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// A receiver of webhooks whose address, headers and secret are kept in a connection. What is posted, how it is signed and what answers mean is as without one
/// (<see cref="WebhookTransport"/>).
/// </summary>
internal sealed partial class WebhookProvider(IOptions<WebhookOptions> options, WebhookTransport transport, TimeProvider clock, ILogger<WebhookProvider> logger) : IHttpProvider
{
    public const string BaseUrl = "base_url";
    public const string Secret = "secret";

    private const string Headers = "headers";
    private const string Authorization = "authorization";
    private const string HeaderSecret = "header_secret";
    private const string Placeholder = $"{{{HeaderSecret}}}";

    // Known to whoever computes it, so a short one would be guessed.
    private const int ShortestSecret = 16;

    private static readonly DeliveryOutcome Unwritable = new DeliveryOutcome.PermanentFailure("the body could not be written");

    public ProviderDescriptor Descriptor { get; } = new("webhook", "http", "HTTP receiver")
    {
        Fields =
        [
            new(BaseUrl, EntryKind.Url, "Address") { Required = true, Max = 2_048, Help = "Entries name an address beneath it, or a path." },
            new(Headers, EntryKind.Map, "Headers") { Max = 2_000, Help = $"Sent with every message. {Placeholder} in a value stands for the secret value; one of the same name in an entry takes its place." },
            new(Authorization, EntryKind.Secret, "Header authorization") { Max = 2_000 },
            new(HeaderSecret, EntryKind.Secret, "Secret value in headers") { Max = 2_000 },
            new(Secret, EntryKind.Secret, "Signing secret") { Max = 200, Help = $"Signs in place of the project's: whsec_ and base64, or any text of at least {ShortestSecret} characters." },
        ],
    };

    public int AtOnce => options.Value.MaxConnectionsPerServer;

    /// <summary>What a message carries: the connection's headers, and those of its entry.</summary>
    public static IEnumerable<KeyValuePair<string, string>> HeadersAround(ConnectionValues values, IReadOnlyDictionary<string, string>? own) =>
        Joined(own, values.Map(Headers).Select(header => KeyValuePair.Create(header.Key, header.Value.Replace(Placeholder, values.Line(HeaderSecret), StringComparison.Ordinal))), values.Text(Authorization));

    /// <summary>The same without what is secret.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ShownAround(ConnectionValues values, IReadOnlyDictionary<string, string>? own) => Joined(own, values.Map(Headers), null);

    public IEnumerable<FieldProblem> Check(ConnectionValues values)
    {
        if (WebhookTarget.WhyNot(values.Text(BaseUrl), options.Value.AllowPrivateNetworks, out var target) is { } why)
        {
            yield return new FieldProblem($"settings.{BaseUrl}", why);
        }
        else if (target!.Query.Length > 0 || target.Fragment.Length > 0)
        {
            yield return new FieldProblem($"settings.{BaseUrl}", "must not have a query or a fragment");
        }

        foreach (var (name, value) in values.Map(Headers))
        {
            if (WebhookHeaders.WhyNot(name, value) is { } whyNot)
            {
                yield return new FieldProblem($"settings.{Headers}.{name}", whyNot);
            }
            else if (value.Contains(Placeholder, StringComparison.Ordinal) && !values.Has(HeaderSecret))
            {
                yield return new FieldProblem($"credentials.{HeaderSecret}", "is required: a header has it in it");
            }
        }

        if (values.Has(Authorization) && values.Map(Headers).ContainsKey(Authorization))
        {
            yield return new FieldProblem($"credentials.{Authorization}", "is among the headers already");
        }

        foreach (var name in new[] { Authorization, HeaderSecret })
        {
            if (values.Text(name) is { } text && WebhookHeaders.WhyNot(Authorization, text) is { } whyNot)
            {
                yield return new FieldProblem($"credentials.{name}", whyNot);
            }
        }

        if (values.Text(Secret) is { Length: < ShortestSecret })
        {
            yield return new FieldProblem($"credentials.{Secret}", $"must have at least {ShortestSecret} characters");
        }
    }

    public async Task<IReadOnlyList<DeliveryOutcome>> DeliverAsync(ProviderCall call, IReadOnlyList<ProviderItem> items)
    {
        var item = (WebhookItem)items[0];
        using var composer = new WebhookComposer();
        using var deadline = new WebhookDeadline();
        try
        {
            using var request = composer.Compose(item.Webhook, item.Message, item.Secret, clock.GetUtcNow());
            var answer = await transport.SendAsync(request, deadline);
            call.Heard(answer.Health);
            return [answer.Outcome];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Stored data that is no JSON, or text that is no Unicode: no attempt will ever get further than this one.
            LogUnwritable(item.MessageId, item.Message.DistributionId, error);
            return [Unwritable];
        }
    }

    /// <summary>A receiver takes posts only, and each is one more event to it. So it is asked for its address, and whatever it says to that shows that it is there.</summary>
    public async Task<ConnectionCheck> TestAsync(ProviderCall call)
    {
        var request = new HttpRequestMessage(HttpMethod.Head, call.Values.Line(BaseUrl));
        foreach (var (name, value) in HeadersAround(call.Values, null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await call.SendAsync(request);
        return answer switch
        {
            { NoAnswer.Outcome: DeliveryOutcome.TemporaryFailure { Reason: var reason } } => new(false, reason),
            { NoAnswer.Outcome: DeliveryOutcome.PermanentFailure { Reason: var reason } } => new(false, reason),
            { Status: 401 or 403 } => new(false, $"The receiver does not take the credentials: HTTP {answer.Status}"),
            { IsTemporary: true } => new(false, $"HTTP {answer.Status}"),
            _ => new(true, $"The receiver answers: HTTP {answer.Status}"),
        };
    }

    private static IEnumerable<KeyValuePair<string, string>> Joined(IReadOnlyDictionary<string, string>? own, IEnumerable<KeyValuePair<string, string>> headers, string? authorization) =>
        (authorization is null ? headers : headers.Append(KeyValuePair.Create(Authorization, authorization))).Where(header => own?.ContainsKey(header.Key) is not true).Concat(own ?? new Dictionary<string, string>());

    [LoggerMessage(LogLevel.Error, "Webhook {MessageId} of {DistributionId} could not be written")]
    private partial void LogUnwritable(string messageId, string distributionId, Exception error);
}
