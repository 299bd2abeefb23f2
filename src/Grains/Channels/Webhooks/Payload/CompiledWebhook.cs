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

    private readonly ChannelDefinition _channel;
    private CompiledWebhook? _over;

    private CompiledWebhook(ChannelDefinition channel, ChannelConnection? connection = null)
    {
        (_channel, Connection) = (channel, connection);
        var template = channel.Template ?? NoTemplate;
        EventName = JsonEncodedText.Encode(template.EventName ?? "", MinimalJsonEncoder.Encoder);
        Headers = [.. connection is null ? template.Headers ?? new Dictionary<string, string>() : WebhookProvider.HeadersAround(connection.Values, template.Headers)];
        Shown = connection is null ? Headers : [.. WebhookProvider.ShownAround(connection.Values, template.Headers)];
        HasUserAgent = Array.Exists(Headers, header => header.Key == WebhookHeaders.UserAgent);
        Fields = template.Fields is { } fields ? [.. fields.Select(Encoding.UTF8.GetBytes)] : null;
        Payload = template.Payload is { } payload ? PayloadCompiler.Compile(payload) : null;
        IsRaw = template.RawPayload && Payload is not null;

        // Private addresses are left to the connector here: only it knows what a name means by now.
        var why = connection is null
            ? WebhookTarget.WhyNot(template.TargetUrl, allowPrivateNetworks: true, out var target)
            : WebhookTarget.WhyNotBeneath(connection.Values.Line(WebhookProvider.BaseUrl), template.TargetUrl, allowPrivateNetworks: true, out target);
        Leads = why is null;
        Problem = why
            ?? (Payload is { Errors: [var error, ..] } ? error.ToProblem().Message : null)
            ?? Headers.Select(header => WebhookHeaders.WhyNot(header.Key, header.Value)).FirstOrDefault(static wrong => wrong is not null);
        Target = target ?? new Uri("about:blank");
        Authority = Target.Authority;
        TargetUrl = JsonEncodedText.Encode(WebhookTarget.IsPath(template.TargetUrl) && target is not null ? target.AbsoluteUri : template.TargetUrl ?? "", MinimalJsonEncoder.Encoder);
    }

    /// <summary>Null where it goes over none.</summary>
    public ChannelConnection? Connection { get; }

    /// <summary>Whether it leads anywhere, over a connection beneath its address.</summary>
    public bool Leads { get; }

    public JsonEncodedText EventName { get; }

    /// <summary>As the author wrote it, a path with where it leads; the body repeats it.</summary>
    public JsonEncodedText TargetUrl { get; }

    public Uri Target { get; }

    /// <summary>Host and port, what the breaker is kept by and the log may show.</summary>
    public string Authority { get; }

    public KeyValuePair<string, string>[] Headers { get; }

    /// <summary>Those of them that may be looked at, with nothing secret.</summary>
    public KeyValuePair<string, string>[] Shown { get; }

    /// <summary>Whether they name the sender; otherwise the engine does.</summary>
    public bool HasUserAgent { get; }

    public byte[][]? Fields { get; }

    public PayloadTemplate? Payload { get; }

    public bool IsRaw { get; }

    /// <summary>Why nothing can be sent with this entry, whatever the message; activation should not have let it pass.</summary>
    public string? Problem { get; }

    public static CompiledWebhook Of(ChannelDefinition channel) => Compiled.GetValue(channel, static channel => new CompiledWebhook(channel));

    /// <summary>The same over a connection, kept until that is another one.</summary>
    public static CompiledWebhook Of(ChannelDefinition channel, ChannelConnection? connection)
    {
        var direct = Of(channel);
        if (connection is null)
        {
            return direct;
        }

        if (Volatile.Read(ref direct._over) is { } over && ReferenceEquals(over.Connection, connection))
        {
            return over;
        }

        over = new CompiledWebhook(direct._channel, connection);
        Volatile.Write(ref direct._over, over);
        return over;
    }
}
