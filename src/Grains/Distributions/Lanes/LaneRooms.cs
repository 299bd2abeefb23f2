using Marketing.Channels;

namespace Marketing.Distributions.Lanes;

/// <summary>What a lane may mark: it asks the receivers of its messages for room, and waits in their line until there is some.</summary>
internal sealed class LaneRooms(ChannelRegistry channels)
{
    private readonly Dictionary<string, RoomRequest> _asked = new(StringComparer.Ordinal);

    /// <summary>Whether a receiver is waited for.</summary>
    public bool IsWaiting => _asked.Count > 0;

    /// <summary>One for each receiver that is waited for.</summary>
    public IEnumerable<Task> Granted => _asked.Values.Select(request => request.Granted);

    /// <summary>As much of what is ready as there is room for.</summary>
    public List<LanePortion> Fill(int project, DistributionEntry entry, ReadyMessages ready)
    {
        List<LanePortion> portions = [];
        var waiting = ready.Channels;
        foreach (var unused in _asked.Keys.Except(waiting.Select(channel => channel.Channel)).ToArray())
        {
            _asked.Remove(unused, out var request);
            request!.Withdraw();
        }

        foreach (var (channel, count) in waiting)
        {
            if (WindowOf(project, entry, channel) is not { } window)
            {
                portions.Add(new LanePortion(channel, window: null, room: 0, ready.Take(channel, count)));
            }
            else if (Room(channel, window, count) is { } room)
            {
                portions.Add(new LanePortion(channel, window, room, ready.Take(channel, room)));
            }
        }

        return portions;
    }

    /// <summary>Asks for nothing any more.</summary>
    public void Leave()
    {
        foreach (var request in _asked.Values)
        {
            request.Withdraw();
        }

        _asked.Clear();
    }

    private HandOverWindow? WindowOf(int project, DistributionEntry entry, string channel) =>
        entry.Draft.Channels.FirstOrDefault(candidate => candidate.Type == channel) is { } definition ? channels.Find(channel)?.WindowOf(project, definition) : null;

    private int? Room(string channel, HandOverWindow window, int wanted)
    {
        if (_asked.Remove(channel, out var request) && request.Window != window)
        {
            // The author sends it elsewhere by now.
            request.Withdraw();
            request = null;
        }

        request ??= window.Ask(wanted);
        if (request.Room is { } room)
        {
            return room;
        }

        _asked.Add(channel, request);
        return null;
    }
}
