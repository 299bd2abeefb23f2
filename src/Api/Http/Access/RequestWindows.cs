using System.Collections.Concurrent;

namespace Marketing.Http;

/// <summary>Counts requests by name in fixed windows of time. A window is dropped as a whole, so memory is bounded by one of them.</summary>
internal sealed class RequestWindows(TimeSpan length, TimeProvider clock)
{
    private const int Capacity = 100_000;

    private Window _window = new(long.MinValue);

    /// <summary>Counts one request.</summary>
    /// <returns>How many there were in this window with this one, and when the next window begins, in seconds since 1970.</returns>
    public (int Count, long NextWindow) Count(string name)
    {
        var seconds = (long)length.TotalSeconds;
        var number = clock.GetUtcNow().ToUnixTimeSeconds() / seconds;
        var window = _window;
        if (window.Number != number)
        {
            var fresh = new Window(number);
            var previous = Interlocked.CompareExchange(ref _window, fresh, window);
            window = ReferenceEquals(previous, window) ? fresh : _window;
        }

        // Past the capacity all newcomers share one counter: a flood from many addresses throttles itself.
        var counter = window.Counters.Count < Capacity || window.Counters.ContainsKey(name) ? name : "";
        return (Interlocked.Increment(ref window.Counters.GetOrAdd(counter, static _ => new Counter()).Value), (number + 1) * seconds);
    }

    private sealed class Window(long number)
    {
        public long Number { get; } = number;

        public ConcurrentDictionary<string, Counter> Counters { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Counter
    {
        public int Value;
    }
}
