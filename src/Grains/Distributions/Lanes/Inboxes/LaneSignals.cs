using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Marketing.Customers;
using Marketing.Storage;

namespace Marketing.Distributions.Lanes;

/// <summary>
/// Wakes lanes after a commit. Under load many commits wake the same lane, so calls are gathered for a moment: fewer and larger batches.
/// </summary>
internal sealed class LaneSignals : IAsyncDisposable
{
    // What a message may wait here; the goal from an event to its hand-off is 30 ms.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan HoldPatience = TimeSpan.FromSeconds(4);

    private readonly IGrainFactory _grains;
    private readonly ICatalogueFence _catalogues;
    private readonly LaneInboxes _inboxes;
    private readonly LocalLanes _lanes;

    // With whether the lane has to look for itself.
    private readonly ConcurrentDictionary<(int Project, int Distribution, int Lane), bool> _waiting = new();
    private readonly Channel<(int Project, int Distribution, int Lane)> _signals =
        Channel.CreateUnbounded<(int, int, int)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _loop;

    public LaneSignals(IGrainFactory grains, ICatalogueFence catalogues, LaneInboxes inboxes, LocalLanes lanes)
    {
        (_grains, _catalogues, _inboxes, _lanes) = (grains, catalogues, inboxes, lanes);

        // Made by the first request that needs it, and not part of that request's trace for ever.
        using var apart = ExecutionContext.SuppressFlow();
        _loop = Task.Run(DispatchAsync);
    }

    /// <summary>Hands what a durable commit made due to the lanes of this silo, and wakes all others that it gave something to do.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="customer">Whom it is about, as it is now; lanes of this silo that need not read it again get it from here.</param>
    public void HandOrWake(Commit commit, CustomerRow? customer)
    {
        foreach (ref readonly var message in CollectionsMarshal.AsSpan(commit.Messages))
        {
            Wake(commit.Project, message.Distribution, message.Lane, look: customer is null || !_inboxes.TryHand(message, customer, commit.Activity));
        }
    }

    /// <summary>Makes the lane look for what is due.</summary>
    public void Wake(int project, int distribution, int lane) => Wake(project, distribution, lane, look: true);

    /// <summary>
    /// Ends when nothing of a distribution that may not send any more is under way but what has begun. A silo that does not answer is waited for as long as
    /// it takes to find that it is gone.
    /// </summary>
    public async Task HoldAsync(int project, int distribution, IReadOnlyCollection<int> lanes)
    {
        var version = _catalogues.CurrentVersion(project);
        await Task.WhenAll(lanes.Select(lane => _grains.Lane(project, distribution, lane).HoldAsync(version))).WaitAsync(HoldPatience);
    }

    private void Wake(int project, int distribution, int lane, bool look)
    {
        var key = (project, distribution, lane);
        while (true)
        {
            if (_waiting.TryAdd(key, look))
            {
                _signals.Writer.TryWrite(key);
                return;
            }

            // Otherwise it was dispatched at this moment, without the look.
            if (!look || _waiting.TryUpdate(key, true, false) || (_waiting.TryGetValue(key, out var looks) && looks))
            {
                return;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _signals.Writer.TryComplete();
        await _loop;
    }

    private async Task DispatchAsync()
    {
        while (await _signals.Reader.WaitToReadAsync())
        {
            await Task.Delay(Gather);
            while (_signals.Reader.TryRead(out var lane))
            {
                // Cleared before the call: a commit that comes later signals again, one that came before is seen by the lane's look.
                _waiting.TryRemove(lane, out var look);
                if (_lanes.IsLast)
                {
                    continue;
                }

                _grains.Lane(lane.Project, lane.Distribution, lane.Lane).WakeAsync(_catalogues.CurrentVersion(lane.Project), look).Ignore();
            }
        }
    }
}
