using Marketing.Storage;

namespace Marketing.Distributions.Lanes;

/// <summary>Due messages of a lane that were read and are not marked yet, because there was no room for them. They may be forgotten: their rows are the queue.</summary>
internal sealed class ReadyMessages(TimeProvider clock)
{
    // What is older may have changed since: the lane reads the rows.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Queue<DueMessage>> _byChannel = new(StringComparer.Ordinal);
    private long _readAt;

    public int Count { get; private set; }

    public bool IsStale => Count > 0 && clock.GetElapsedTime(_readAt) > Freshness;

    /// <summary>The channels that something waits for, with how much.</summary>
    public IReadOnlyList<(string Channel, int Count)> Channels =>
        [.. _byChannel.Where(channel => channel.Value.Count > 0).Select(channel => (channel.Key, channel.Value.Count))];

    public void Add(IReadOnlyList<DueMessage> read)
    {
        _readAt = clock.GetTimestamp();
        Count += read.Count;
        foreach (var message in read)
        {
            if (!_byChannel.TryGetValue(message.Channel, out var waiting))
            {
                _byChannel.Add(message.Channel, waiting = new Queue<DueMessage>());
            }

            waiting.Enqueue(message);
        }
    }

    /// <summary>The next messages of a channel, in the order they were read.</summary>
    public IReadOnlyList<DueMessage> Take(string channel, int limit)
    {
        var waiting = _byChannel[channel];
        var taken = new List<DueMessage>(Math.Min(limit, waiting.Count));
        while (taken.Count < limit && waiting.TryDequeue(out var message))
        {
            taken.Add(message);
        }

        Count -= taken.Count;
        return taken;
    }

    public void Clear()
    {
        _byChannel.Clear();
        Count = 0;
    }
}
