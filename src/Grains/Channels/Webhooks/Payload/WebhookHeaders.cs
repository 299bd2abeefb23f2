using System.Buffers;

namespace Marketing.Channels.Webhooks;

/// <summary>The headers of a delivery, and which ones an author may add.</summary>
internal static class WebhookHeaders
{
    public const string Id = "webhook-id";
    public const string Timestamp = "webhook-timestamp";
    public const string ContentType = "content-type";
    public const string UserAgent = "user-agent";
    public const string UserAgentValue = "Distributions-Webhooks/1.0";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // Besides the engine's own ones those that change how the message travels: with them a template could smuggle a second request.
    private static readonly HashSet<string> Reserved =
    [
        "host", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "te", "trailer", "upgrade", "expect", WebhookSignature.Header,
    ];

    private static readonly string[] ReservedPrefixes = ["webhook-", "content-"];

    public static string? WhyNot(string name, string? value) => WhyNotName(name) ?? WhyNotValue(value);

    private static string? WhyNotName(string name) => name switch
    {
        "" => "A header needs a name.",
        _ when name.AsSpan().ContainsAnyExcept(NameCharacters) => "A header name consists of lower-case letters, digits and dashes.",
        _ when Reserved.Contains(name) || Array.Exists(ReservedPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) =>
            "This header is set by the engine.",
        _ => null,
    };

    private static string? WhyNotValue(string? value) => value switch
    {
        null => "A header needs a value.",
        _ when value.AsSpan().IndexOfAny('\r', '\n') >= 0 => "A header value cannot contain line breaks.",
        _ when value.AsSpan().ContainsAnyExceptInRange(' ', '~') => "A header value consists of visible ASCII characters and spaces.",
        _ => null,
    };
}
