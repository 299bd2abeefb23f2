using Marketing.Catalogue;
using Marketing.Channels;
using Marketing.Distributions.Courtesies;
using Marketing.Observability;
using Marketing.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions.Lanes;

[GrainType("distribution-lane"), LanePlacement, CollectionAgeLimit(Minutes = 5)]
internal sealed partial class DistributionLaneGrain(
    IMessageQueue queue, IDistributionStore distributions, ICommitter committer, INumbers numbers, Catalogues catalogues, ICatalogueFence fence, HandOverPlanner planner, AccountLimits limits,
    ChannelRegistry channels, RunningHandOffs running, LaneOwners owners,
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
    private readonly List<LaneHandOff> _inFlight = [];
    private readonly ReadyMessages _ready = new(clock);
    private readonly LaneRooms _rooms = new(channels);
    private readonly OutcomeRecorder _outcomes = new(committer, numbers, clock, logger);
    private LaneInbox _inbox = null!;
    private bool _mustLook = true;
    private bool _mayBeMore;

    // Of what was handed over or looked for something may be left that its distribution has to see to.
    private bool _mayBeLeft = true;
    private bool _isOver;
    private bool _leavesAsOver;
    private long? _refusedSince;
    private long? _shortSince;
    private long _looked;
    private bool _woken;
    private TaskCompletionSource? _wake;
    private Task _pump = Task.CompletedTask;
    private Task _marking = Task.CompletedTask;
    private Task? _leaving;
    private bool _ending;
    private IGrainTimer? _timer;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_project, _distribution, _lane) = LaneAddresses.Split(this.GetPrimaryKeyString());
        _inbox = inboxes.Open(_distribution, _lane);
        localLanes.Add(this.GetGrainId(), _distribution, this.AsReference<IDistributionLaneGrain>());
        return Task.CompletedTask;
    }

    // Nothing more is taken, and what is in the air gets the time the host gives to be recorded. The pump itself is waited for: it may be
    // about to hand over what it has just marked.
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        localLanes.Remove(this.GetGrainId());
        inboxes.Close(_distribution, _lane, _inbox);
        _ending = true;
        _wake?.TrySetResult();
        await Task.WhenAny(Task.WhenAll(RecallAsync(), _pump), Task.Delay(Timeout.Infinite, cancellationToken));
        if (_woken || (_leavesAsOver && !_isOver))
        {
            // Heard, but not acted upon any more; or it is not over after all, as after a retry, and what is due later is remembered by nobody.
            signals.Wake(_project, _distribution, _lane);
        }
    }

    public Task WakeAsync(long catalogueVersion, bool look)
    {
        fence.Observe(_project, catalogueVersion);
        return WakeAsync(look);
    }

    public Task RestAsync() => LeaveAsync();

    public Task MoveAsync()
    {
        LeaveAsync().Ignore();
        return Task.CompletedTask;
    }

    public Task HoldAsync(long catalogueVersion)
    {
        // The pump hears of it too, so that it marks nothing only to be refused.
        fence.Observe(_project, catalogueVersion);
        _wake?.TrySetResult();
        var recalled = RecallAsync();

        // It was perhaps activated only for this: when the distribution is over, it leaves.
        Pump();
        return recalled;
    }

    // Until the distribution has paused for want of what it gives, the lane does not ask again and again.
    private bool IsShort => _shortSince is { } since && clock.GetElapsedTime(since) < LookAgain;

    private Task LookAsync() => WakeAsync(look: true);

    private Task WakeAsync(bool look)
    {
        _woken = true;
        _mustLook |= look;
        _mayBeLeft |= look;
        _wake?.TrySetResult();
        Pump();
        return Task.CompletedTask;
    }

    private void Pump()
    {
        if (_pump.IsCompleted && !_ending && !localLanes.Resting)
        {
            _pump = PumpAsync();
        }
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
            if (_isOver && !_ending)
            {
                LeaveAfterAMoment();
            }
        }
        catch (Exception trouble)
        {
            LogTrouble(trouble is StorageUnavailableException ? null : trouble, _distribution, _lane, trouble.Message);
            await SettleAsync();
            (_epoch, _refusedSince, _mayBeLeft) = (null, null, true);
            Forget();
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
            var entry = catalogue.Distributions.Find(_distribution) is { MaySend: true } sending ? sending : null;
            if (_ending || entry is null)
            {
                Forget();
            }

            if (entry is not null && await HandOverAsync(catalogue.Version, entry))
            {
                continue;
            }

            if (_inFlight.Count > 0 || _rooms.IsWaiting)
            {
                await SomethingSettlesAsync();
                continue;
            }

            if (_ending)
            {
                return;
            }

            _isOver = false;
            if (entry is null)
            {
                await ReleaseAsync(catalogue);
            }
            else if (!entry.IsLive)
            {
                _mayBeLeft = false;
                GrainFactory.Distribution(_project, entry.Id).CheckCompleteAsync().Ignore();
            }

            return;
        }
    }

    // True when something came in meanwhile.
    private async Task<bool> SleepUntilDueAsync()
    {
        if (_refusedSince is not null)
        {
            return _woken;
        }

        var catalogue = await catalogues.GetAsync(_project);
        if (catalogue.Distributions.Find(_distribution) is { MaySend: true } && await queue.NextDueAsync(_distribution, _lane) is { } due)
        {
            var wait = due - clock.GetUtcNow();
            var least = IsShort ? LookAgain : TimeSpan.Zero;
            WakeAfter(wait < least ? least : wait);
        }

        _looked = clock.GetTimestamp();

        return _woken;
    }

    // Several may call at once when a distribution ends, and a call finds no more than two activations that are about to leave.
    private void LeaveAfterAMoment()
    {
        _timer?.Dispose();
        _timer = this.RegisterGrainTimer(
            () =>
            {
                if (_isOver && _pump.IsCompleted)
                {
                    _leavesAsOver = true;
                    DeactivateOnIdle();
                }

                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(LookAgain, Timeout.InfiniteTimeSpan) { Interleave = true });
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
}
