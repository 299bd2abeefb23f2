using System.Text.Json;
using Marketing.Distributions;
using Marketing.Observability;
using Marketing.Templates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Channels.Webhooks;

/// <summary>Delivers messages as signed HTTP POSTs to an address of the author's choice.</summary>
internal sealed partial class WebhookChannel(
    IOptions<WebhookOptions> options, IWebhookSecrets secrets, WebhookTransport transport, HostBreakers breakers, TimeProvider clock,
    EngineMetrics metrics, ILogger<WebhookChannel> logger)
    : IChannel
{
    private readonly RetrySchedule _retries =
        new(options.Value.Retries is { Count: > 0 } configured ? [.. configured] : WebhookOptions.DocumentedRetries);

    public string Type => "webhook";

    public bool PausesWhenExhausted => true;

    public IEnumerable<DraftProblem> Validate(ChannelDefinition channel, TemplateScope scope) =>
        WebhookRules.Validate(channel.Template, scope, options.Value.AllowPrivateNetworks);

    /// <summary>Everybody: the receiver is the shop's own system.</summary>
    public Reachability Reach(Recipient recipient) => default;

    public RawJson Preview(OutboundMessage message) => WebhookPreview.Of(message);

    public TimeSpan? RetryDelay(int failedAttempts) => _retries.DelayAfter(failedAttempts);

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, CancellationToken cancellation)
    {
        var webhook = CompiledWebhook.Of(message.Channel);
        if (webhook.Problem is { } problem)
        {
            return new DeliveryOutcome.PermanentFailure(problem);
        }

        var secret = secrets.Get(message.ProjectId);
        if (secret.Length == 0)
        {
            return new DeliveryOutcome.TemporaryFailure("the project has no webhook secret");
        }

        var breaker = breakers.For(webhook.Authority);
        var entry = breaker.Enter();
        if (!entry.Allowed)
        {
            return new DeliveryOutcome.TemporaryFailure("the receiver does not answer; waiting", entry.RetryAfter, entry.BurnsAttempt);
        }

        var health = HostHealth.Unknown;
        try
        {
            using var request = WebhookRequest.Create(webhook, message, secret, clock.GetUtcNow());
            var answer = await transport.SendAsync(request, cancellation);
            health = answer.Health;
            Log(message, webhook.Authority, answer.Outcome);
            return answer.Outcome;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Stored data that is no JSON, or text that is no Unicode: no attempt will ever get further than this one.
            LogUnwritable(message.MessageId, message.DistributionId, error);
            return new DeliveryOutcome.PermanentFailure("the body could not be written");
        }
        finally
        {
            // In every case: a probe that is never reported would keep the receiver cut off.
            LogChange(breaker.Report(entry, health), webhook.Authority);
        }
    }

    private void Log(OutboundMessage message, string host, DeliveryOutcome outcome)
    {
        switch (outcome)
        {
            case DeliveryOutcome.TemporaryFailure failure:
                LogFailed(message.MessageId, message.DistributionId, host, message.Attempt, failure.Reason);
                break;
            case DeliveryOutcome.PermanentFailure failure:
                LogRefused(message.MessageId, message.DistributionId, host, failure.Reason);
                break;
            default:
                break;
        }
    }

    private void LogChange(BreakerChange change, string host)
    {
        metrics.BreakerChanged(change);
        switch (change)
        {
            case BreakerChange.Opened:
                LogOpened(host);
                break;
            case BreakerChange.Closed:
                LogClosed(host);
                break;
            default:
                break;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Webhook {MessageId} of {DistributionId} to {Host}, attempt {Attempt}: {Reason}")]
    private partial void LogFailed(string messageId, string distributionId, string host, int attempt, string reason);

    [LoggerMessage(LogLevel.Warning, "Webhook {MessageId} of {DistributionId} to {Host} was given up: {Reason}")]
    private partial void LogRefused(string messageId, string distributionId, string host, string reason);

    [LoggerMessage(LogLevel.Error, "Webhook {MessageId} of {DistributionId} could not be written")]
    private partial void LogUnwritable(string messageId, string distributionId, Exception error);

    [LoggerMessage(LogLevel.Warning, "{Host} does not answer webhooks; deliveries to it wait")]
    private partial void LogOpened(string host);

    [LoggerMessage(LogLevel.Information, "{Host} answers webhooks again")]
    private partial void LogClosed(string host);
}
