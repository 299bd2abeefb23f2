namespace Marketing.Channels;

/// <summary>Slots as the database gives them, of a clock that a test moves.</summary>
internal sealed class FakeSlots(TimeProvider clock) : ISendSlots
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _next = [];

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    public Task<SlotLease> TakeAsync(int project, string connection, int count, long apart, long ahead)
    {
        lock (_lock)
        {
            Asked++;
            var now = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            var first = Math.Max(_next.GetValueOrDefault(connection), now + ahead);
            _next[connection] = first + (count * apart);
            var here = clock.GetTimestamp();
            return Task.FromResult(new SlotLease(first, now, here, here));
        }
    }
}
