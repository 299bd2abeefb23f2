using Microsoft.Extensions.Logging;

namespace Marketing.Channels;

/// <summary>Carries messages to one provider, call after call.</summary>
internal sealed partial class ConnectionWorker(ConnectionLine line, IConnections connections, ProviderHttp http, ILogger logger) : IThreadPoolWorkItem
{
    private static readonly DeliveryOutcome Busy = new DeliveryOutcome.TemporaryFailure("all connections to the provider are busy", BurnsAttempt: false);
    private static readonly DeliveryOutcome Unknown = new DeliveryOutcome.TemporaryFailure("it cannot be told at present how much may be sent", BurnsAttempt: false);
    private static readonly DeliveryOutcome Unclear = new DeliveryOutcome.TemporaryFailure("the answer of the provider was not understood");

    void IThreadPoolWorkItem.Execute() => _ = RunAsync();

    private async Task RunAsync()
    {
        while (line.TakeBatchOrLeave() is { } batch)
        {
            var outcomes = new Dictionary<ConnectionSubmission, DeliveryOutcome>(batch.Count);
            try
            {
                await DeliverAsync(batch, outcomes);
            }
            catch (Exception defect)
            {
                LogDefect(defect, line.Connection.Id);
            }

            foreach (var submission in batch)
            {
                line.Ended(submission);
                submission.Settle(outcomes.GetValueOrDefault(submission, Unclear), null);
            }
        }
    }

    private async Task DeliverAsync(List<ConnectionSubmission> batch, Dictionary<ConnectionSubmission, DeliveryOutcome> outcomes)
    {
        foreach (var late in batch.Where(line.IsLate))
        {
            outcomes[late] = Busy;
        }

        var waiting = batch.Where(submission => !outcomes.ContainsKey(submission)).ToList();
        if (waiting.Count == 0 || GaveBack(waiting, outcomes))
        {
            return;
        }

        var entry = line.Breaker.Enter();
        if (!entry.Allowed)
        {
            waiting.ForEach(submission => outcomes[submission] = new DeliveryOutcome.TemporaryFailure("the provider does not answer; waiting", entry.RetryAfter, entry.BurnsAttempt));
            return;
        }

        var call = new ProviderCall(line.Connection, http, line.Gate, isFirstFree: true);
        try
        {
            if (!await MayAsync(waiting, outcomes) || GaveBack(waiting, outcomes))
            {
                return;
            }

            foreach (var stale in waiting.Where(line.IsStale).ToList())
            {
                if (await stale.LookAgainAsync(stale.Item.MessageId) is { } changed)
                {
                    outcomes[stale] = changed;
                    waiting.Remove(stale);
                }
            }

            // Only now: while it waited for its turn it could be called back.
            var begun = waiting.Where(line.TryBegin).ToList();
            waiting.Except(begun).ToList().ForEach(submission => outcomes[submission] = DeliveryOutcome.NotBegun.Instance);
            if (begun.Count > 0)
            {
                var settled = await line.Provider.DeliverAsync(call, [.. begun.Select(submission => submission.Item)]);
                foreach (var (submission, outcome) in begun.Zip(settled))
                {
                    outcomes[submission] = outcome;
                    if (outcome is not DeliveryOutcome.Sent)
                    {
                        LogFailed(submission.Item.MessageId, line.Connection.Id, outcome.GetType().Name);
                    }
                }
            }
        }
        finally
        {
            // In every case: a probe that is never reported would keep the provider cut off.
            LogChange(line.Breaker.Report(entry, call.Health));
        }
    }

    // The connection is another one by now: its own line will have them.
    private bool GaveBack(List<ConnectionSubmission> waiting, Dictionary<ConnectionSubmission, DeliveryOutcome> outcomes)
    {
        if (connections.IsCurrent(line.Connection))
        {
            return false;
        }

        waiting.ForEach(submission => outcomes[submission] = DeliveryOutcome.NotBegun.Instance);
        return true;
    }

    private async Task<bool> MayAsync(List<ConnectionSubmission> waiting, Dictionary<ConnectionSubmission, DeliveryOutcome> outcomes)
    {
        try
        {
            await (line.Gate?.WaitAsync() ?? Task.CompletedTask);
            return true;
        }
        catch (Storage.StorageUnavailableException)
        {
            waiting.ForEach(submission => outcomes[submission] = Unknown);
            return false;
        }
    }

    private void LogChange(BreakerChange change)
    {
        switch (change)
        {
            case BreakerChange.Opened:
                LogOpened(line.Connection.Provider, line.Connection.Id);
                break;
            case BreakerChange.Closed:
                LogClosed(line.Connection.Provider, line.Connection.Id);
                break;
            default:
                break;
        }
    }

    [LoggerMessage(LogLevel.Error, "Connection {Connection} threw while delivering")]
    private partial void LogDefect(Exception exception, string connection);

    [LoggerMessage(LogLevel.Debug, "Message {MessageId} over {Connection} was not taken: {Outcome}")]
    private partial void LogFailed(string messageId, string connection, string outcome);

    [LoggerMessage(LogLevel.Warning, "{Provider} does not answer; messages over {Connection} wait")]
    private partial void LogOpened(string provider, string connection);

    [LoggerMessage(LogLevel.Information, "{Provider} answers again over {Connection}")]
    private partial void LogClosed(string provider, string connection);
}
