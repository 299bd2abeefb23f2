using System.Collections.Concurrent;

namespace Marketing.Channels;

/// <summary>
/// The hand-offs that are going on in this process. They outlive the activation of the lane that began them: when Orleans ends one, because the directory
/// of grains changed, the next one finds here what is still in the air.
/// </summary>
internal sealed class RunningHandOffs
{
    private readonly ConcurrentDictionary<long, RunningHandOff> _running = new();

    /// <summary>Before the channel is asked to deliver it. With the time at which it was decided whom it goes to, who waits for long is asked about again.</summary>
    public RunningHandOff Start(long number, int distribution, int lane, HandOverWindow? window, int size, long? decidedAt = null)
    {
        var handOff = new RunningHandOff(this, number, distribution, lane, window, size, decidedAt);
        _running[number] = handOff;
        return handOff;
    }

    public RunningHandOff Find(long number) => _running[number];

    /// <summary>Those of a lane.</summary>
    public IReadOnlyList<RunningHandOff> Of(int distribution, int lane) =>
        [.. _running.Values.Where(handOff => handOff.Distribution == distribution && handOff.Lane == lane)];

    public void Remove(RunningHandOff handOff) => _running.TryRemove(KeyValuePair.Create(handOff.Number, handOff));
}
