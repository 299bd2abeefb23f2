using Marketing.Channels;
using Marketing.Channels.Webhooks;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Webhooks;

/// <summary>How it posts what is owed: a pump that runs between calls, a few sendouts in the air, the rest in rows.</summary>
internal sealed partial class WebhookGrain
{
    // In order by and large: whoever answers slowly holds up one of these and not the rest.
    private const int AtOnce = 8;
    private const int ReadAtOnce = 64;

    private static readonly TimeSpan RetryAfterTrouble = TimeSpan.FromSeconds(1);

    // What was read long ago may have been erased since.
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(10);

    // What is due later finds its grain woken by recovery, which looks every minute.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(4);

    private readonly RetrySchedule _retries = new(options.Value.Retries is { Count: > 0 } configured ? [.. configured] : WebhookOptions.DocumentedRetries);
    private readonly Dictionary<long, Task> _inFlight = [];
    private readonly Queue<SendoutRow> _ready = [];
    private TaskCompletionSource _heard = new();
    private Task _pump = Task.CompletedTask;
    private IGrainTimer? _timer;
    private long _read;
    private bool _mustLook;
    private bool _hadTrouble;
    private bool _ending;

    private void Hear()
    {
        _mustLook = true;
        _heard.TrySetResult();
        if (_pump.IsCompleted && !_ending)
        {
            _pump = PumpAsync();
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            do
            {
                await PostDueAsync();
                await SleepAsync();
            }
            while (_mustLook && !_ending);
        }
        catch (Exception trouble)
        {
            // Rows say what is owed; whatever it was, it is looked at again.
            LogTrouble(trouble, _id, _project);
            LookIn(RetryAfterTrouble);
        }
    }

    private async Task PostDueAsync()
    {
        while (!_ending)
        {
            if (await EntryAsync() is not { } webhook)
            {
                _mustLook = false;
                _ready.Clear();
                break;
            }

            _heard = new TaskCompletionSource();
            await ReadAsync(webhook);
            Begin(webhook);
            if (_inFlight.Count == 0 && !_mustLook)
            {
                break;
            }

            // A running pump is no call; the grain must not be taken for idle.
            DelayDeactivation(TimeSpan.FromMinutes(1));
            if (_inFlight.Count >= AtOnce)
            {
                await Task.WhenAny(_inFlight.Values);
            }
            else if (!_mustLook)
            {
                await Task.WhenAny([.. _inFlight.Values, _heard.Task]);
            }
        }

        await Task.WhenAll(_inFlight.Values);
    }

    // Null where nothing is to be posted: it was deleted or disabled, or cannot be signed for.
    private async ValueTask<WebhookEntry?> EntryAsync() =>
        (await catalogues.GetAsync(_project)).Section<WebhookSection>().Find(_id) is { Row.IsActive: true, Secrets.Count: > 0 } webhook ? webhook : null;

    private async ValueTask ReadAsync(WebhookEntry webhook)
    {
        if (_ready.Count > 0 && clock.GetElapsedTime(_read) > Stale)
        {
            _ready.Clear();
            _mustLook = true;
        }

        if (_ready.Count > 0 || !_mustLook || _inFlight.Count >= AtOnce)
        {
            return;
        }

        _mustLook = false;
        _read = clock.GetTimestamp();
        var due = await sendouts.DueAsync(webhook.Number, clock.GetUtcNow(), ReadAtOnce);
        foreach (var row in due.Where(row => !_inFlight.ContainsKey(row.Number)))
        {
            _ready.Enqueue(row);
        }

        _mustLook |= due.Count == ReadAtOnce;
    }

    private void Begin(WebhookEntry webhook)
    {
        while (_inFlight.Count < AtOnce && _ready.TryDequeue(out var row))
        {
            _inFlight.Add(row.Number, Task.CompletedTask);
            var posting = DeliverAsync(webhook, row);
            if (!posting.IsCompleted)
            {
                _inFlight[row.Number] = posting;
            }
        }
    }

    private async Task DeliverAsync(WebhookEntry webhook, SendoutRow row)
    {
        try
        {
            var answer = await PostAsync(webhook, row);
            var (after, disables) = SendoutRules.After(row, answer, clock.GetStoredNow(), _retries);
            await RecordAsync(after, disables);
            if (after.Error is { } error)
            {
                LogFailed(row.Id, _id, after.Attempts, error);
            }
        }
        catch (Exception trouble)
        {
            // It is owed as before, and posted again.
            LogTrouble(trouble, _id, _project);
            _hadTrouble = true;
        }
        finally
        {
            _inFlight.Remove(row.Number);
        }
    }

    private async Task<SendoutAnswer> PostAsync(WebhookEntry webhook, SendoutRow row)
    {
        if (WebhookTarget.WhyNot(webhook.Row.TargetUrl, options.Value.AllowPrivateNetworks, out var target) is { } why)
        {
            return new SendoutAnswer(new DeliveryOutcome.PermanentFailure(why), null, null);
        }

        var projectId = await projects.OfAsync(_project);
        await projectSecrets.PrepareAsync(projectId);
        string[] secrets = [.. WebhookSecrets.At(webhook.Secrets, clock.GetUtcNow()).Select(static secret => secret.Text)];
        return await client.PostAsync(target!, secrets, projectSecrets.Get(projectId), row.Id, row.Body);
    }

    // Until it is written: the receiver has it, and would get it again.
    private async Task RecordAsync(SendoutRow after, string? disables)
    {
        while (true)
        {
            try
            {
                if (await WriteAsync(after, disables))
                {
                    return;
                }
            }
            catch (StorageUnavailableException away) when (!_ending)
            {
                LogUnrecorded(away, after.Id, _id);
                await Task.Delay(RetryAfterTrouble);
            }
        }
    }

    private async Task<bool> WriteAsync(SendoutRow after, string? disables)
    {
        var commit = new Commit { Project = _project };
        commit.Rows.Add(SendoutTable.Sendouts.Save(after));
        var disabled = disables is not null && await webhooks.FindAsync(_project, _id) is { IsActive: true } present ? SubscriptionRules.Disabled(present, disables, clock.GetStoredNow()) : null;
        if (disabled is not null)
        {
            commit.Rows.Add(WebhookTable.Webhooks.Save(disabled));
        }

        switch ((await committer.CommitAsync(commit)).RefusedBy)
        {
            case null when disabled is not null:
                LogDisabled(_id, _project, disables!);
                await catalogues.ChangedAsync(_project);
                return true;
            case null:
                return true;
            case Guard.Version { Table: "webhooks" }:
                // Changed meanwhile: decided again.
                return false;
            default:
                // Erased with its customer, forgotten, or owed once more: what became of this attempt is of no interest.
                return true;
        }
    }

    private async Task SleepAsync()
    {
        if (!_ending && await EntryAsync() is { } webhook && await sendouts.NextDueAsync(webhook.Number) is { } next)
        {
            var wait = next - clock.GetUtcNow();
            LookIn(_hadTrouble && wait < RetryAfterTrouble ? RetryAfterTrouble : wait);
            _hadTrouble = false;
        }
    }

    private void LookIn(TimeSpan wait)
    {
        _timer?.Dispose();
        _timer = null;
        if (!_ending && wait <= LongestWait)
        {
            _timer = this.RegisterGrainTimer(
                WakeAsync, new GrainTimerCreationOptions(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan) { KeepAlive = true });
        }
    }

    [LoggerMessage(LogLevel.Debug, "Sendout {Sendout} of webhook {Webhook}, attempt {Attempt}: {Reason}")]
    private partial void LogFailed(string sendout, string webhook, int attempt, string reason);

    [LoggerMessage(LogLevel.Warning, "Webhook {Webhook} of project {Project} is disabled: {Reason}")]
    private partial void LogDisabled(string webhook, int project, string reason);

    [LoggerMessage(LogLevel.Warning, "What became of sendout {Sendout} of webhook {Webhook} waits for the database")]
    private partial void LogUnrecorded(Exception exception, string sendout, string webhook);

    [LoggerMessage(LogLevel.Error, "Webhook {Webhook} of project {Project} stopped posting; it goes on in a moment")]
    private partial void LogTrouble(Exception exception, string webhook, int project);
}
