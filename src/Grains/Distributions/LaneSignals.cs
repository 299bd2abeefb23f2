using System.Collections.Concurrent;
using System.Threading.Channels;
using Marketing.Distributions.Lanes;
using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>
/// Wakes lanes after a commit. Under load many commits wake the same lane, so calls are gathered for a moment: fewer and larger batches.
/// </summary>
internal sealed class LaneSignals : IAsyncDisposable
{
    // What a message may wait here; the goal from an event to its hand-off is 30 ms.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);

    private readonly IGrainFactory _grains;
    private readonly ICatalogueFence _catalogues;
    private readonly ConcurrentDictionary<(int Project, int Distribution, int Lane), bool> _waiting = new();
    private readonly Channel<(int Project, int Distribution, int Lane)> _signals =
        Channel.CreateUnbounded<(int, int, int)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Task _loop;

    public LaneSignals(IGrainFactory grains, ICatalogueFence catalogues)
    {
        (_grains, _catalogues) = (grains, catalogues);

        // Made by the first request that needs it, and not part of that request's trace for ever.
        using var apart = ExecutionContext.SuppressFlow();
        _loop = Task.Run(DispatchAsync);
    }

    public void Wake(int project, List<MessageInsert> messages)
    {
        foreach (var message in messages)
        {
            Wake(project, message.Distribution, message.Lane);
        }
    }

    public void Wake(int project, int distribution, int lane)
    {
        if (_waiting.TryAdd((project, distribution, lane), true))
        {
            _signals.Writer.TryWrite((project, distribution, lane));
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
                _waiting.TryRemove(lane, out _);
                _grains.Lane(lane.Project, lane.Distribution, lane.Lane).WakeAsync(_catalogues.CurrentVersion(lane.Project)).Ignore();
            }
        }
    }
}
