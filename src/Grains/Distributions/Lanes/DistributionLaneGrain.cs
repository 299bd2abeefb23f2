using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Observability;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions.Lanes;

[GrainType("distribution-lane"), CollectionAgeLimit(Minutes = 5)]
internal sealed partial class DistributionLaneGrain(
    IMessageQueue queue, IDistributionStore distributions, ICommitter committer, Catalogues catalogues, MessageComposer composer, LaneSignals signals, EngineMetrics metrics, IOptions<DistributionOptions> options, TimeProvider clock,
    ILogger<DistributionLaneGrain> logger)
    : Grain, IDistributionLaneGrain
{
    private const int BatchesInFlight = 2;
    private static readonly TimeSpan RetryAfterTrouble = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private int _project;
    private int _distribution;
    private int _lane;
    private long? _epoch;
    private readonly List<(Task Delivery, int Size)> _inFlight = [];
    private bool _woken;
    private TaskCompletionSource? _wake;
    private Task _pump = Task.CompletedTask;
    private bool _ending;
    private IGrainTimer? _timer;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _distribution, _lane) = LaneAddresses.Split(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    // Nothing more is taken, and what is in the air gets the time the host gives to be recorded. The pump itself is waited for: it may be
    // about to hand over what it has just marked. The next activation must not claim the lane before that.
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _ending = true;
        _wake?.TrySetResult();
        await Task.WhenAny(_pump, Task.Delay(Timeout.Infinite, cancellationToken));
        if (_woken)
        {
            // Heard, but not acted upon any more.
            signals.Wake(_project, _distribution, _lane);
        }
    }

    public Task WakeAsync()
    {
        _woken = true;
        _wake?.TrySetResult();
        if (_pump.IsCompleted && !_ending)
        {
            _pump = PumpAsync();
        }

        return Task.CompletedTask;
    }

    // One pump at a time; it runs on the grain's scheduler between calls, so a wake is never kept waiting.
    private async Task PumpAsync()
    {
        try
        {
            do
            {
                await WorkAsync();
            }
            while (!_ending && await SleepUntilDueAsync());
        }
        catch (Exception trouble)
        {
            LogTrouble(trouble, _distribution, _lane);
            await SettleAsync();
            _epoch = null;
            if (!_ending)
            {
                WakeAfter(RetryAfterTrouble);
            }
        }
    }

    // Until nothing is due and nothing is in the air. A recipient who takes long keeps neither later messages nor a resume waiting.
    private async Task WorkAsync()
    {
        while (true)
        {
            _woken &= _ending;
            DelayDeactivation(TimeSpan.FromMinutes(2));
            var catalogue = await catalogues.GetAsync(_project);
            var entry = catalogue.Distribution(_distribution) is { MaySend: true } sending ? sending : null;
            if (entry is not null && await HandOverAsync(catalogue.Version, entry))
            {
                continue;
            }

            if (_inFlight.Count > 0)
            {
                await SomethingSettlesAsync();
                continue;
            }

            if (_ending)
            {
                return;
            }

            if (entry is null)
            {
                await ReleaseAsync(catalogue);
            }
            else if (!entry.IsLive)
            {
                GrainFactory.Distribution(_project, entry.Id).CheckCompleteAsync().Ignore();
            }

            return;
        }
    }

    // False when nothing is due or as much is in the air as may be.
    private async Task<bool> HandOverAsync(long catalogueVersion, DistributionEntry entry)
    {
        var room = Math.Min(options.Value.BatchSize, (BatchesInFlight * options.Value.BatchSize) - _inFlight.Sum(batch => batch.Size));
        if (room <= 0 || _ending)
        {
            return false;
        }

        await EnsureOwnedAsync(entry);
        var now = clock.GetUtcNow();
        var due = await queue.TakeAsync(_distribution, _lane, now, room);
        if (due.Count == 0)
        {
            return false;
        }

        var plan = await composer.PlanAsync(_project, entry, due, now);
        var commit = new Commit { Project = _project, CatalogueVersion = catalogueVersion, Fence = new LaneFence(_distribution, _lane, _epoch!.Value) };
        commit.Moves.AddRange(plan.Skipped.Select(skip => Move(skip.Message, MessageStatus.Skipped, now) with { Reason = skip.Reason }));

        // Recorded before it happens: whatever is in this state after a crash may have been delivered.
        commit.Moves.AddRange(plan.Outgoing.Select(message => Move(message.Source, MessageStatus.Sending, now)));
        switch (await committer.CommitAsync(commit))
        {
            case CommitOutcome.Durable:
                metrics.HandOver(plan.Outgoing, clock.GetUtcNow());
                foreach (var batch in plan.Outgoing.GroupBy(message => message.Outbound.Channel.Type!))
                {
                    _inFlight.Add((DeliverAsync(entry, batch.Key, [.. batch]), batch.Count()));
                }

                // Fewer than asked for: that was all, and whatever is committed from now on wakes the lane. Looking again at once would mean
                // many small batches under load instead of few large ones.
                return due.Count == room;
            case CommitOutcome.Fenced:
                // Somebody else works here: what is still in the air is theirs to decide about, and nothing more is taken.
                LogFenced(_distribution, _lane, _epoch.Value);
                await SettleAsync();
                _epoch = null;
                (_ending, _woken) = (true, true);
                DeactivateOnIdle();
                return false;
            default:
                return true;
        }
    }

    // Looks again after a moment in any case: a message of a batch may be due for its next attempt before the batch has settled.
    private async Task SomethingSettlesAsync()
    {
        if (_ending)
        {
            await Task.WhenAny(_inFlight.Select(batch => batch.Delivery));
        }
        else if (!_woken)
        {
            _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            WakeAfter(LookAgain);
            await Task.WhenAny([_wake.Task, .. _inFlight.Select(batch => batch.Delivery)]);
        }

        foreach (var batch in _inFlight.Where(batch => batch.Delivery.IsCompleted).ToArray())
        {
            _inFlight.Remove(batch);
            await batch.Delivery;
        }
    }

    private async Task SettleAsync()
    {
        await Task.WhenAll(_inFlight.Select(batch => batch.Delivery))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _inFlight.Clear();
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
            metrics.TakenUp(recovered, entry.HoldsUncertain);
            LogRecovered(_distribution, _lane, recovered);
        }
    }

    // Paused or stopped: nothing is taken. A stopped one may still have to cancel what came back from a hand-off.
    private async Task ReleaseAsync(CatalogueSnapshot catalogue)
    {
        if (catalogue.Distribution(_distribution) is null && await distributions.FindIdAsync(_distribution) is { } id)
        {
            GrainFactory.Distribution(_project, id).CheckCompleteAsync().Ignore();
        }
    }

    // True when something came in meanwhile.
    private async Task<bool> SleepUntilDueAsync()
    {
        var catalogue = await catalogues.GetAsync(_project);
        if (catalogue.Distribution(_distribution) is { MaySend: true } && await queue.NextDueAsync(_distribution, _lane) is { } due)
        {
            var wait = due - clock.GetUtcNow();
            WakeAfter(wait < TimeSpan.Zero ? TimeSpan.Zero : wait);
        }

        return _woken;
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
