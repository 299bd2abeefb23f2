using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions.Lanes;

[GrainType("distribution-lane"), CollectionAgeLimit(Minutes = 5)]
internal sealed partial class DistributionLaneGrain(
    IMessageQueue queue, ICommitter committer, Catalogues catalogues, MessageComposer composer, IOptions<DistributionOptions> options, TimeProvider clock,
    ILogger<DistributionLaneGrain> logger)
    : Grain, IDistributionLaneGrain
{
    private const int BatchesInFlight = 2;
    private static readonly TimeSpan RetryAfterTrouble = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private int _project;
    private int _distribution;
    private int _lane;
    private long? _epoch;
    private bool _woken;
    private bool _pumping;
    private IGrainTimer? _timer;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _distribution, _lane) = LaneAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public Task WakeAsync()
    {
        _woken = true;
        if (!_pumping)
        {
            _pumping = true;
            PumpAsync().Ignore();
        }

        return Task.CompletedTask;
    }

    // One pump at a time; it runs on the grain's scheduler between calls, so a wake is never kept waiting.
    private async Task PumpAsync()
    {
        var inFlight = new List<Task>();
        try
        {
            while (_woken)
            {
                _woken = false;
                DelayDeactivation(TimeSpan.FromMinutes(2));
                await WorkAsync(inFlight);
                await Task.WhenAll(inFlight);
                inFlight.Clear();
            }

            await SleepUntilDueAsync();
        }
        catch (Exception trouble)
        {
            LogTrouble(trouble, _distribution, _lane);
            await Task.WhenAll(inFlight).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            _epoch = null;
            WakeAfter(RetryAfterTrouble);
        }
        finally
        {
            _pumping = false;
        }
    }

    private async Task WorkAsync(List<Task> inFlight)
    {
        while (true)
        {
            var catalogue = await catalogues.GetAsync(_project);
            if (catalogue.Distribution(_distribution) is not { MaySend: true } entry)
            {
                await ReleaseAsync(catalogue);
                return;
            }

            await EnsureOwnedAsync(entry);
            var now = clock.GetUtcNow();
            var due = await queue.TakeAsync(_distribution, _lane, now, options.Value.BatchSize);
            if (due.Count == 0)
            {
                await Task.WhenAll(inFlight);
                inFlight.Clear();
                GrainFactory.Distribution(_project, entry.Id).CheckCompleteAsync().Ignore();
                return;
            }

            var plan = await composer.PlanAsync(_project, entry, due, now);
            var commit = new Commit { Project = _project, CatalogueVersion = catalogue.Version, Fence = new LaneFence(_distribution, _lane, _epoch!.Value) };
            commit.Moves.AddRange(plan.Skipped.Select(skip => Move(skip.Message, MessageStatus.Skipped, now) with { Reason = skip.Reason }));

            // Recorded before it happens: whatever is in this state after a crash may have been delivered.
            commit.Moves.AddRange(plan.Outgoing.Select(message => Move(message.Source, MessageStatus.Sending, now)));
            switch (await committer.CommitAsync(commit))
            {
                case CommitOutcome.Durable:
                    break;
                case CommitOutcome.Fenced:
                    LogFenced(_distribution, _lane, _epoch.Value);
                    _epoch = null;
                    DeactivateOnIdle();
                    return;
                default:
                    continue;
            }

            foreach (var batch in plan.Outgoing.GroupBy(message => message.Outbound.Channel.Type!))
            {
                inFlight.Add(DeliverAsync(entry, batch.Key, [.. batch]));
            }

            while (inFlight.Count >= BatchesInFlight)
            {
                inFlight.Remove(await Task.WhenAny(inFlight));
            }
        }
    }

    private async Task DeliverAsync(DistributionEntry entry, string channel, IReadOnlyList<OutgoingMessage> messages)
    {
        var batch = new DeliveryBatch
        {
            Project = _project,
            Distribution = _distribution,
            Lane = _lane,
            Epoch = _epoch!.Value,
            Messages = [.. messages.Select(message => new DeliveryItem
            {
                Number = message.Source.Number,
                Attempts = message.Source.Attempts,
                FailedBefore = message.Source.FailedBefore,
                Message = message.Outbound,
            })],
        };

        var result = await GrainFactory.Channel(channel).DeliverAsync(batch);
        if (result.ExhaustedReason is { } reason)
        {
            await GrainFactory.Distribution(_project, entry.Id).ReportExhaustedAsync(channel, reason);
        }
    }

    private async Task EnsureOwnedAsync(DistributionEntry entry)
    {
        if (_epoch is not null)
        {
            return;
        }

        var epoch = await queue.ClaimLaneAsync(_distribution, _lane);
        var recovered = await queue.RecoverLaneAsync(new LaneFence(_distribution, _lane, epoch), entry.HoldsUncertain, clock.GetUtcNow());
        _epoch = epoch;
        if (recovered > 0)
        {
            LogRecovered(_distribution, _lane, recovered);
        }
    }

    // Paused or stopped: nothing is taken. A stopped one may still have to cancel what came back from a hand-off.
    private async Task ReleaseAsync(CatalogueSnapshot catalogue)
    {
        if (catalogue.Distribution(_distribution) is null && await composer.FindIdAsync(_project, _distribution) is { } id)
        {
            GrainFactory.Distribution(_project, id).CheckCompleteAsync().Ignore();
        }
    }

    private async Task SleepUntilDueAsync()
    {
        var catalogue = await catalogues.GetAsync(_project);
        if (catalogue.Distribution(_distribution) is { MaySend: true } && await queue.NextDueAsync(_distribution, _lane) is { } due)
        {
            var wait = due - clock.GetUtcNow();
            WakeAfter(wait < TimeSpan.Zero ? TimeSpan.Zero : wait);
        }
    }

    private void WakeAfter(TimeSpan wait)
    {
        _timer?.Dispose();
        wait = wait > LongestSleep ? LongestSleep : wait;

        // Rounded up: a timer that fires a moment early finds nothing due and has to be set again.
        wait += TimeSpan.FromMilliseconds(1);
        if (wait > TimeSpan.FromSeconds(1))
        {
            DelayDeactivation(wait + TimeSpan.FromMinutes(1));
        }

        _timer = this.RegisterGrainTimer(WakeAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    private MessageMove Move(DueMessage message, MessageStatus to, DateTimeOffset now) => new()
    {
        Distribution = _distribution,
        Number = message.Number,
        Channel = message.Channel,
        From = message.Status,
        To = to,
        Epoch = _epoch!.Value,
        At = now,
    };

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} of distribution {Distribution} could not go on and tries again")]
    private partial void LogTrouble(Exception exception, int distribution, int lane);

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} of distribution {Distribution} has a newer owner than epoch {Epoch}")]
    private partial void LogFenced(int distribution, int lane, long epoch);

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} of distribution {Distribution} took up {Count} messages whose hand-off was interrupted")]
    private partial void LogRecovered(int distribution, int lane, int count);
}
