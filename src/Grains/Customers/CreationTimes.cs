using System.Collections.Concurrent;

namespace Marketing.Customers;

/// <summary>
/// When customers are created: a millisecond of its own for each customer of a project, in the order in which they are made. Clients walk a list by these
/// instants, and one that many customers share is one they cannot stop in the middle of. While more are made than there are milliseconds, instants run ahead of
/// the clock, by <see cref="MostAhead"/> at most; from then on several share one, evenly.
/// </summary>
internal sealed class CreationTimes(TimeProvider clock)
{
    public const int MostAhead = 1_000;

    private readonly ConcurrentDictionary<int, Last> _last = [];

    public DateTimeOffset Next(int project) => Next(project, 1)(0);

    /// <summary>Instants for some customers, by position.</summary>
    public Func<int, DateTimeOffset> Next(int project, int count)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var last = _last.GetOrAdd(project, static _ => new Last());
        long from, room;
        lock (last)
        {
            var limit = now + MostAhead;

            // Far ahead is only who was there before the clock was put back.
            from = last.At > limit ? now : Math.Min(Math.Max(now, last.At + 1), limit);
            room = Math.Min(limit - from + 1, Math.Max(count, 1));
            last.At = from + room - 1;
        }

        return position => DateTimeOffset.FromUnixTimeMilliseconds(from + (position * room / Math.Max(count, 1)));
    }

    private sealed class Last
    {
        public long At { get; set; }
    }
}
