using Marketing.Catalogue;
using Marketing.Observability;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions.Lanes;

[GrainType("distribution-lane"), LanePlacement, CollectionAgeLimit(Minutes = 5)]
internal sealed partial class DistributionLaneGrain(
    IMessageQueue queue, IDistributionStore distributions, ICommitter committer, INumbers numbers, Catalogues catalogues, ICatalogueFence fence, MessageComposer composer,
    LaneSignals signals, LaneInboxes inboxes, LocalLanes localLanes, EngineMetrics metrics, IOptions<DistributionOptions> options, TimeProvider clock,
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
    private LaneInbox _inbox = null!;
    private bool _mustLook = true;
    private long _looked;
    private bool _woken;
    private TaskCompletionSource? _wake;
    private Task _pump = Task.CompletedTask;
    private bool _ending;
    private IGrainTimer? _timer;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _distribution, _lane) = LaneAddresses.Split(this.GetPrimaryKeyString());
        _inbox = inboxes.Open(_distribution, _lane);
        localLanes.Add(this.GetGrainId(), this.AsReference<IDistributionLaneGrain>());
        return Task.CompletedTask;
    }

    // Nothing more is taken, and what is in the air gets the time the host gives to be recorded. The pump itself is waited for: it may be
    // about to hand over what it has just marked. The next activation must not claim the lane before that.
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        localLanes.Remove(this.GetGrainId());
        inboxes.Close(_distribution, _lane, _inbox);
        _ending = true;
        _wake?.TrySetResult();
        await Task.WhenAny(_pump, Task.Delay(Timeout.Infinite, cancellationToken));
        if (_woken)
        {
            // Heard, but not acted upon any more.
            signals.Wake(_project, _distribution, _lane);
        }
    }

    public Task WakeAsync(long catalogueVersion, bool look)
    {
        fence.Observe(_project, catalogueVersion);
        return WakeAsync(look);
    }

    public async Task RestAsync()
    {
        _ending = true;
        _wake?.TrySetResult();
        await _pump;
    }

    public Task MoveAsync()
    {
        (_ending, _woken) = (true, true);
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private Task LookAsync() => WakeAsync(look: true);

    private Task WakeAsync(bool look)
    {
        _woken = true;
        _mustLook |= look;
        _wake?.TrySetResult();
        if (_pump.IsCompleted && !_ending && !localLanes.Resting)
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
            LogTrouble(trouble is StorageUnavailableException ? null : trouble, _distribution, _lane, trouble.Message);
            await SettleAsync();
            _epoch = null;
            _mustLook = true;
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
        _inbox.Clear();
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

        _looked = clock.GetTimestamp();

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

        _timer = this.RegisterGrainTimer(LookAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} of distribution {Distribution} could not go on and tries again: {Reason}")]
    private partial void LogTrouble(Exception? exception, int distribution, int lane, string reason);

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} of distribution {Distribution} took up {Count} messages whose hand-off was interrupted")]
    private partial void LogRecovered(int distribution, int lane, int count);
}
