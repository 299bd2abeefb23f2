using System.Collections.Concurrent;
using Marketing.Customers;
using Marketing.Storage;

namespace Marketing.Distributions.Lanes;

/// <summary>The inboxes of the lanes that are active on this silo.</summary>
internal sealed class LaneInboxes(TimeProvider clock)
{
    // Of all lanes together; each holds on to a profile.
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<(int Distribution, int Lane), LaneInbox> _inboxes = new();
    private int _held;

    public LaneInbox Open(int distribution, int lane) => _inboxes[(distribution, lane)] = new LaneInbox(this, clock);

    public void Close(int distribution, int lane, LaneInbox inbox)
    {
        _inboxes.TryRemove(KeyValuePair.Create((distribution, lane), inbox));
        inbox.Clear();
    }

    /// <summary>Hands its lane a message that is durable now. False when the lane is elsewhere, has no room, or the message is not due yet.</summary>
    public bool TryHand(in MessageInsert message, CustomerRow customer, List<ActivityWrite> activity)
    {
        if (message.DueAt > message.CreatedAt || !_inboxes.TryGetValue((message.Distribution, message.Lane), out var inbox))
        {
            return false;
        }

        var occurrence = message.Occurrence;
        return inbox.TryAdd(new DueMessage
        {
            Number = message.Number,
            Batch = message.Batch,
            Channel = message.Channel,
            Status = MessageStatus.Queued,
            Attempts = 0,
            FailedBefore = false,
            Occurrence = occurrence,
            DueAt = message.DueAt,
            CreatedAt = message.CreatedAt,
            Customer = customer.Number,
            CustomerId = customer.Id,
            CustomerDocument = customer.Document,
            Trigger = activity.Find(entry => entry.Number == occurrence),
        });
    }

    /// <summary>Makes room for one more; false when there is none.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Increment(ref _held) <= Most)
        {
            return true;
        }

        Release(1);
        return false;
    }

    public void Release(int count) => Interlocked.Add(ref _held, -count);
}
