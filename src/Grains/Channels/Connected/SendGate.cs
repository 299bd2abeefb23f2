namespace Marketing.Channels;

/// <summary>
/// Lets through what may be sent over a connection with a limit: one at a time, each in a slot that nobody else in the deployment has. Slots are further apart than the limit
/// asks for, by as much as one may be used late, so that no second has more than the limit and one.
/// </summary>
internal sealed class SendGate(ChannelConnection connection, ISendSlots slots, TimeProvider clock)
{
    private const long Second = 1_000_000;

    // By so much a slot may be used late here, and by so much more may the way to the receiver differ from message to message.
    private const long Late = 20_000;
    private const long OnTheWay = 30_000;

    private const long Least = 2_000;

    // Clocks of machines drift apart by less: microseconds a second.
    private const long Drift = 200;

    // Slots are taken for a quarter of a second at most: what is not used is lost to all silos.
    private const int Part = 4;

    private readonly int _most = Math.Max(1, connection.PerSecond!.Value / Part);
    private readonly long _apart = (Second + Late + OnTheWay + connection.PerSecond!.Value - 1) / connection.PerSecond!.Value;
    private SlotLease? _shown;
    private long _next;
    private int _left;
    private long _ahead = 5_000;
    private int _size = 1;
    private int _waiting;

    private SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Ends when one may be sent, which is then to be begun at once.</summary>
    public async Task WaitAsync()
    {
        Interlocked.Increment(ref _waiting);
        await Turn.WaitAsync();
        try
        {
            while (true)
            {
                if (_left == 0)
                {
                    await TakeAsync();
                }

                var from = Here(_next, _shown!.Value.NotAfter) + DriftSince();

                // Where the database answers slower than that, it is more important that something is sent at all.
                var until = Math.Max(Here(_next + Late, _shown.Value.NotBefore) - DriftSince(), from + Least);
                (_next, _left) = (_next + _apart, _left - 1);
                var wait = from - Now();
                if (wait > 0)
                {
                    // Rounded up: a timer has milliseconds.
                    await Task.Delay(TimeSpan.FromMilliseconds((wait + 999) / 1000), clock);
                }

                if (Now() <= until)
                {
                    return;
                }

                // Too late for it. A gate that nobody came to for a while begins small again.
                _size = 1;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            Turn.Release();
        }
    }

    private async Task TakeAsync()
    {
        var count = Math.Clamp(Math.Max(Volatile.Read(ref _waiting), _size), 1, _most);
        var asked = Now();
        var lease = await slots.TakeAsync(connection.Project, connection.Id, count, _apart, _ahead);

        // A slot that has passed when it is known is of no use: the next ones are later by what it took this time, or gradually less.
        _ahead = Math.Min(Math.Max((Now() - asked) * 3 / 2, _ahead * 3 / 4), Second);

        // The best look at the shared clock is kept until a newer one is as good: what is not known of it is time in which nothing can be sent.
        if (_shown is not { } shown || Width(lease) <= Width(shown) + DriftSince())
        {
            _shown = lease;
        }

        (_next, _left, _size) = (lease.First, count, Math.Min(count * 2, _most));
    }

    // A moment of the shared clock on ours, in microseconds.
    private long Here(long moment, long seen) => Micros(seen) + (moment - _shown!.Value.Now);

    private long Width(SlotLease lease) => Micros(lease.NotAfter) - Micros(lease.NotBefore);

    private long DriftSince() => _shown is { } shown ? (Now() - Micros(shown.NotAfter)) * Drift / Second : 0;

    private long Now() => Micros(clock.GetTimestamp());

    private long Micros(long timestamp) => (long)(timestamp * (Second / (double)clock.TimestampFrequency));
}
