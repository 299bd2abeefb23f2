using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// What stays the same over all messages of one channel entry, prepared once. Kept as long as the entry lives: all messages of
/// one version of a distribution share one instance of it.
/// </summary>
internal sealed class CompiledWebhook
{
    private static readonly ConditionalWeakTable<ChannelDefinition, CompiledWebhook> Compiled = [];
    private static readonly ChannelTemplate NoTemplate = new();

    private CompiledWebhook(ChannelDefinition channel)
    {
        var template = channel.Template ?? NoTemplate;
        EventName = JsonEncodedText.Encode(template.EventName ?? "", MinimalJsonEncoder.Encoder);
        TargetUrl = JsonEncodedText.Encode(template.TargetUrl ?? "", MinimalJsonEncoder.Encoder);
        Headers = [.. template.Headers ?? new Dictionary<string, string>()];
        HasUserAgent = Array.Exists(Headers, header => header.Key == WebhookHeaders.UserAgent);
        Fields = template.Fields is { } fields ? [.. fields.Select(Encoding.UTF8.GetBytes)] : null;
        Payload = template.Payload is { } payload ? PayloadCompiler.Compile(payload) : null;
        IsRaw = template.RawPayload && Payload is not null;

        // Private addresses are left to the connector here: only it knows what a name means by now.
        Problem = WebhookTarget.WhyNot(template.TargetUrl, allowPrivateNetworks: true, out var target)
            ?? (Payload is { Errors: [var error, ..] } ? error.ToProblem().Message : null)
            ?? Headers.Select(header => WebhookHeaders.WhyNot(header.Key, header.Value)).FirstOrDefault(why => why is not null);
        Target = target ?? new Uri("about:blank");
        Authority = Target.Authority;
    }

    public JsonEncodedText EventName { get; }

    /// <summary>As the author wrote it; the body repeats it.</summary>
    public JsonEncodedText TargetUrl { get; }

    public Uri Target { get; }

    /// <summary>Host and port, what the breaker is kept by and the log may show.</summary>
    public string Authority { get; }

    public KeyValuePair<string, string>[] Headers { get; }

    /// <summary>Whether they name the sender; otherwise the engine does.</summary>
    public bool HasUserAgent { get; }

    public byte[][]? Fields { get; }

    public PayloadTemplate? Payload { get; }

    public bool IsRaw { get; }

    /// <summary>Why nothing can be sent with this entry, whatever the message; activation should not have let it pass.</summary>
    public string? Problem { get; }

    public static CompiledWebhook Of(ChannelDefinition channel) => Compiled.GetValue(channel, static channel => new CompiledWebhook(channel));
}
