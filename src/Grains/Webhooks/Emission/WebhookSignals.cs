using System.Collections.Concurrent;
using Marketing.Catalogue;
using Microsoft.Extensions.Logging;

namespace Marketing.Webhooks;

/// <summary>Wakes webhooks that are owed something. A lost wake costs time, not sendouts: recovery looks every minute.</summary>
internal sealed partial class WebhookSignals(Catalogues catalogues, IGrainFactory grains, ILogger<WebhookSignals> logger)
{
    // Thousands of events a second are one call.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<(int Project, long Webhook), bool> _waiting = new();

    /// <summary>Soon, and not on the time of whoever asks.</summary>
    public void Wake(int project, long webhook)
    {
        if (_waiting.TryAdd((project, webhook), true))
        {
            // What is posted belongs to no request and no trace of one.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(() => WakeAsync(project, webhook));
            }
        }
    }

    private async Task WakeAsync(int project, long webhook)
    {
        await Task.Delay(Gather);

        // First: what is owed from now on wakes it again.
        _waiting.TryRemove((project, webhook), out _);
        try
        {
            if ((await catalogues.GetAsync(project)).Section<WebhookSection>().Find(webhook) is { } entry)
            {
                await grains.Webhook(project, entry.Id).WakeAsync();
            }
        }
        catch (Exception failure)
        {
            LogLost(failure, webhook, project);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Webhook {Webhook} of project {Project} could not be woken; it is woken within the minute")]
    private partial void LogLost(Exception exception, long webhook, int project);
}
