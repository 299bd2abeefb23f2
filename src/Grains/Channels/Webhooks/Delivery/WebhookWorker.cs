using System.Runtime.CompilerServices;
using System.Text.Json;
using Marketing.Observability;
using Microsoft.Extensions.Logging;
using Span = System.Diagnostics.Activity;

namespace Marketing.Channels.Webhooks;

/// <summary>Sends one message after another to one receiver.</summary>
internal sealed partial class WebhookWorker(
    HostQueue queue, WebhookTransport transport, TimeProvider clock, EngineMetrics metrics, ILogger logger) : IThreadPoolWorkItem
{
    private static readonly DeliveryOutcome Busy =
        new DeliveryOutcome.TemporaryFailure("all connections to the receiver are busy", BurnsAttempt: false);

    private static readonly DeliveryOutcome Unwritable = new DeliveryOutcome.PermanentFailure("the body could not be written");

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        using var composer = new WebhookComposer();
        using var deadline = new WebhookDeadline();
        var submission = queue.TakeNextOrLeave();
        while (submission is not null)
        {
            DeliveryOutcome? outcome = null;
            Exception? failure = null;
            try
            {
                outcome = await DeliverAsync(submission, composer, deadline);
            }
            catch (Exception problem)
            {
                composer.Abandon();
                failure = problem;
            }

            // The next one first: the sender that waits for this outcome goes on at once, and must find the connection free if it is.
            var done = submission;
            queue.Ended(done);
            submission = queue.TakeNextOrLeave();
            done.Settle(outcome, failure);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<DeliveryOutcome> DeliverAsync(WebhookSubmission submission, WebhookComposer composer, WebhookDeadline deadline)
    {
        // Asked now and not when it got in line: the receiver may have fallen silent meanwhile.
        var entry = queue.Breaker.Enter();
        if (!entry.Allowed)
        {
            return new DeliveryOutcome.TemporaryFailure("the receiver does not answer; waiting", entry.RetryAfter, entry.BurnsAttempt);
        }

        var message = submission.Message;
        var health = ReceiverHealth.Unknown;
        try
        {
            if (queue.IsLate(submission))
            {
                return Busy;
            }

            if (!queue.TryBegin(submission))
            {
                return DeliveryOutcome.NotBegun.Instance;
            }

            Follow(submission.Span);
            using var request = composer.Compose(submission.Webhook, message, submission.Secret, clock.GetUtcNow());
            var answer = await transport.SendAsync(request, deadline);
            health = answer.Health;
            if (answer.Outcome is not DeliveryOutcome.Sent)
            {
                // Given up on, it may still be on its way out.
                composer.Abandon();
                Log(message, answer.Outcome);
            }

            return answer.Outcome;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Stored data that is no JSON, or text that is no Unicode: no attempt will ever get further than this one.
            LogUnwritable(message.MessageId, message.DistributionId, error);
            composer.Abandon();
            return Unwritable;
        }
        finally
        {
            // In every case: a probe that is never reported would keep the receiver cut off.
            LogChange(queue.Breaker.Report(entry, health));
        }
    }

    // A worker is nobody's: what it does for a message belongs to the span of that message, or to none.
    private static void Follow(Span? span)
    {
        if (Span.Current != span)
        {
            Span.Current = span;
        }
    }

    private void Log(OutboundMessage message, DeliveryOutcome outcome)
    {
        switch (outcome)
        {
            case DeliveryOutcome.TemporaryFailure failure:
                LogFailed(message.MessageId, message.DistributionId, queue.Authority, message.Attempt, failure.Reason);
                break;
            case DeliveryOutcome.PermanentFailure failure:
                LogRefused(message.MessageId, message.DistributionId, queue.Authority, failure.Reason);
                break;
            default:
                break;
        }
    }

    private void LogChange(BreakerChange change)
    {
        if (change != BreakerChange.None)
        {
            metrics.BreakerChanged(opened: change == BreakerChange.Opened);
        }

        switch (change)
        {
            case BreakerChange.Opened:
                LogOpened(queue.Authority);
                break;
            case BreakerChange.Closed:
                LogClosed(queue.Authority);
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
