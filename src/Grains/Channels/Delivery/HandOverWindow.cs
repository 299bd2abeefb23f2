namespace Marketing.Channels;

/// <summary>
/// How many messages may be marked as being handed over to one receiver and have no recorded outcome: as many as there may be connections, and
/// where the receiver is quick so many more that no connection waits for a mark. Whatever is marked is uncertain after a crash, so it is not
/// more than that. Room is given in the order it was asked for.
/// </summary>
internal sealed class HandOverWindow
{
    private const int Most = 4_096;

    // A receiver that takes longer is kept busy without anything in advance: a mark takes a few milliseconds.
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(50);

    // A change is felt when messages marked after it are settled.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(20);

    private readonly int _connections;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly LinkedList<RoomRequest> _asking = [];
    private int _limit;
    private int _taken;
    private TimeSpan? _usually;
    private long _changed;

    /// <param name="connections">As many may always be under way; with 0, nothing ever.</param>
    /// <param name="clock">By which waiting is measured.</param>
    public HandOverWindow(int connections, TimeProvider clock) => (_connections, _clock, _limit) = (connections, clock, connections);

    /// <summary>Messages that may be under way at present.</summary>
    public int Limit
    {
        get
        {
            lock (_lock)
            {
                return _limit;
            }
        }
    }

    /// <summary>Whether no room is taken or asked for.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _taken == 0 && _asking.Count == 0;
            }
        }
    }

    /// <summary>Asks for room for some messages; it may be granted for fewer.</summary>
    public RoomRequest Ask(int wanted)
    {
        var request = new RoomRequest(this, wanted);
        lock (_lock)
        {
            _asking.AddLast(request);
            Grant();
        }

        return request;
    }

    /// <summary>So many are settled, or were not marked after all.</summary>
    public void Return(int count)
    {
        lock (_lock)
        {
            _taken -= count;
            Grant();
        }
    }

    /// <summary>Takes back a request, with what it was granted.</summary>
    public void Withdraw(RoomRequest request)
    {
        lock (_lock)
        {
            if (!_asking.Remove(request))
            {
                _taken -= request.Room!.Value;
            }

            Grant();
        }
    }

    /// <summary>A message was under way so long.</summary>
    public void Took(TimeSpan time)
    {
        lock (_lock)
        {
            // Of the last dozen or so: a slow receiver may refuse some at once.
            _usually = _usually is { } usually ? ((usually * 15) + time) / 16 : time;
        }
    }

    /// <summary>A connection found nothing to do.</summary>
    public void Idle()
    {
        lock (_lock)
        {
            if (_usually <= Quick && _asking.Count > 0 && _limit < Most && IsSettled())
            {
                _limit = Math.Min(_limit * 2, Most);
                Grant();
            }
        }
    }

    /// <summary>A message waited so long for a connection.</summary>
    public void Waited(TimeSpan time)
    {
        if (time < LongWait)
        {
            return;
        }

        lock (_lock)
        {
            if (_limit > _connections && IsSettled())
            {
                _limit = Math.Max(_limit * 3 / 4, _connections);
            }
        }
    }

    private bool IsSettled()
    {
        if (_clock.GetElapsedTime(_changed) < Settling)
        {
            return false;
        }

        _changed = _clock.GetTimestamp();
        return true;
    }

    private void Grant()
    {
        while (_asking.First?.Value is { } first)
        {
            // In pieces that suit the receiver: each is a transaction.
            var free = _limit - _taken;
            if (free < Math.Clamp(_limit > _connections ? _limit / 8 : 1, 1, first.Wanted))
            {
                return;
            }

            var granted = Math.Min(first.Wanted, free);
            _taken += granted;
            _asking.RemoveFirst();
            first.Grant(granted);
        }
    }
}
