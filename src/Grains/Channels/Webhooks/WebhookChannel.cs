using Marketing.Observability;
using Marketing.Templates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

/// <summary>
/// Delivers messages as signed HTTP POSTs to an address of the author's choice: over as many connections to a receiver as may be
/// open, each of which takes the next message as soon as it is done with one. Over a connection they wait in its line, with its limit and its breaker.
/// </summary>
internal sealed class WebhookChannel(
    IOptions<WebhookOptions> options, IWebhookSecrets secrets, WebhookTransport transport, HostQueues queues, IConnections connections, ConnectionLines lines, WebhookProvider provider,
    TimeProvider clock, EngineMetrics metrics, ILogger<WebhookWorker> logger)
    : IChannel
{
    private static readonly DeliveryOutcome NoSecret = new DeliveryOutcome.TemporaryFailure("the project has no webhook secret");

    private readonly RetrySchedule _retries =
        new(options.Value.Retries is { Count: > 0 } configured ? [.. configured] : WebhookOptions.DocumentedRetries);

    public string Type => "webhook";

    public IReadOnlyList<FieldDescriptor> Content { get; } =
    [
        new("event_name", EntryKind.Line, "Event name") { Required = true, Help = "Becomes the type of the event." },
        new("target_url", EntryKind.Url, "Target URL") { Required = true, Max = 2_048, Help = "Over a connection an address beneath the connection's, or a path." },
        new("headers", EntryKind.Map, "Headers") { Max = 2_000, Help = "At most 50; names of lower-case letters, digits and dashes." },
        new("fields", EntryKind.List, "Fields") { Max = 100, Default = "all", Help = "Which objects of the event are sent." },
        new("payload", EntryKind.Json, "Payload") { Max = 64 * 1024, Help = "A payload of one's own, with {{object.field}} in it." },
        new("raw_payload", EntryKind.Flag, "Payload is the whole body") { Default = "no" },
    ];

    public ConnectionUse Connections => ConnectionUse.Optional;

    public bool PausesWhenExhausted => true;

    public TimeSpan DeferralLimit => options.Value.DeferralLimit;

    public IEnumerable<FieldProblem> Validate(ChannelDefinition channel, TemplateScope scope) =>
        WebhookRules.Validate(channel.Template, scope, options.Value.AllowPrivateNetworks);

    /// <summary>What leads elsewhere goes there by itself: a default is no reason to show its headers to others.</summary>
    public bool TakesDefault(ChannelDefinition channel, ChannelConnection connection) => CompiledWebhook.Of(channel, connection).Leads;

    public IEnumerable<FieldProblem> Fits(ChannelDefinition channel, ChannelConnection? connection)
    {
        var url = channel.Template?.TargetUrl;
        var why = string.IsNullOrWhiteSpace(url) ? null
            : connection is not null ? WebhookTarget.WhyNotBeneath(connection.Values.Line(WebhookProvider.BaseUrl), url, options.Value.AllowPrivateNetworks, out _)
            : WebhookTarget.IsPath(url) ? "A path needs a connection that says where it begins."
            : null;
        return why is null ? [] : [new FieldProblem("template.target_url", why)];
    }

    public ReachKind Reaches => ReachKind.Everybody;

    /// <summary>Everybody: the receiver is the shop's own system.</summary>
    public Reachability Reach(Recipient recipient) => default;

    public RawJson Preview(OutboundMessage message) => WebhookPreview.Of(message, ChoiceOf(message.Project, message.Channel).Connection);

    public TimeSpan? RetryDelay(int failedAttempts) => _retries.DelayAfter(failedAttempts);

    public HandOverWindow? WindowOf(int project, ChannelDefinition channel) => ChoiceOf(project, channel) switch
    {
        { IsMissing: true } or { Connection.Problem: not null } => null,
        { Connection: { } connection } => lines.WindowOf(connection, provider),
        _ => CompiledWebhook.Of(channel) is { Problem: null } webhook ? queues.For(webhook.Authority).Window : null,
    };

    public Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, Recall? recall = null)
    {
        var choice = ChoiceOf(message.Project, message.Channel);
        if (choice.WhyNot is { } whyNot)
        {
            return Task.FromResult(whyNot);
        }

        var webhook = CompiledWebhook.Of(message.Channel, choice.Connection);
        if (webhook.Problem is { } problem)
        {
            return Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.PermanentFailure(problem));
        }

        var secret = choice.Connection?.Values.Text(WebhookProvider.Secret) ?? secrets.Get(message.ProjectId);
        if (secret.Length == 0)
        {
            return Task.FromResult(NoSecret);
        }

        if (choice.Connection is { } connection)
        {
            return lines.DeliverAsync(connection, provider, new WebhookItem(webhook, message, secret), recall);
        }

        var submission = new WebhookSubmission(webhook, message, secret, clock.GetTimestamp(), recall);
        var queue = queues.For(webhook.Authority);
        if (queue.Add(submission))
        {
            // A thread of its own choice, and none of the caller's context: it will carry the messages of others.
            ThreadPool.UnsafeQueueUserWorkItem(new WebhookWorker(queue, transport, clock, metrics, logger), preferLocal: false);
        }

        return submission.Outcome;
    }

    private ConnectionChoice ChoiceOf(int project, ChannelDefinition channel) =>
        connections.Choose(project, Type, channel.Connection) is var choice && channel.Connection is null && choice.Connection is { } connection && !TakesDefault(channel, connection)
            ? default
            : choice;
}
