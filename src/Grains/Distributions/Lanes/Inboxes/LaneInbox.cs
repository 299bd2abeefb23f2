using Marketing.Storage;

namespace Marketing.Distributions.Lanes;

/// <summary>
/// Messages of one lane that became owed on its own silo a moment ago, so that it need not read them back. They are durable before they come
/// here, and the lane marks them before it hands them over; all of it may be lost or come twice.
/// </summary>
internal sealed class LaneInbox(LaneInboxes all, TimeProvider clock)
{
    // What is older may have changed since: the lane reads the rows.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<(DueMessage Message, long At)> _messages = [];
    private bool _isIncomplete;

    /// <summary>False when there is no room: the lane has to look itself.</summary>
    public bool TryAdd(DueMessage message)
    {
        lock (_lock)
        {
            if (_isIncomplete || !all.TryReserve())
            {
                _isIncomplete = true;
                return false;
            }

            _messages.Enqueue((message, clock.GetTimestamp()));
            return true;
        }
    }

    /// <summary>The next messages in the order they came; null when something is missing, and the rows must be read instead.</summary>
    public IReadOnlyList<DueMessage>? Take(int limit)
    {
        lock (_lock)
        {
            if (_isIncomplete || (_messages.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.At) > Freshness))
            {
                return null;
            }

            var taken = new List<DueMessage>(Math.Min(limit, _messages.Count));
            while (taken.Count < limit && _messages.TryDequeue(out var next))
            {
                taken.Add(next.Message);
            }

            all.Release(taken.Count);
            return taken;
        }
    }

    /// <summary>Forgets all; the rows are read next.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            all.Release(_messages.Count);
            _messages.Clear();
            _isIncomplete = false;
        }
    }
}
