namespace Marketing.Storage.Postgres;

/// <summary>A batch of messages of one lane that wait together, or are being handed over together, as it is stored and locked.</summary>
internal sealed class MessageBatch
{
    private readonly int _stored;
    private readonly HashSet<long> _messages;

    public MessageBatch((int Distribution, long Number) key, int lane, long mark, long[] messages)
    {
        (Key, Lane, Mark) = (key, lane, mark);
        (_stored, _messages) = (messages.Length, [.. messages]);
    }

    public (int Distribution, long Number) Key { get; }

    public int Lane { get; }

    /// <summary>The status of what waits, or the epoch that hands over.</summary>
    public long Mark { get; }

    /// <summary>What is left in it.</summary>
    public IReadOnlyCollection<long> Messages => _messages;

    public bool IsChanged => _messages.Count < _stored;

    /// <summary>Whether the message was still in it.</summary>
    public bool Remove(long message) => _messages.Remove(message);
}
