using Marketing.Channels;
using Marketing.Storage;

namespace Marketing.Distributions.Lanes;

/// <summary>Messages that a lane is about to mark, with the room their receiver has for them.</summary>
internal sealed class LanePortion(string channel, HandOverWindow? window, int room, IReadOnlyList<DueMessage> messages)
{
    private int _used;

    public string Channel => channel;

    public HandOverWindow? Window => window;

    public IReadOnlyList<DueMessage> Messages => messages;

    /// <summary>So many are marked; their room is returned by the channel that settles them.</summary>
    public void Use(int count) => _used = count;

    /// <summary>Returns what was not used.</summary>
    public void Close()
    {
        if (room > _used)
        {
            window?.Return(room - _used);
        }
    }
}
