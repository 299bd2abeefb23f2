using System.Collections.Concurrent;

namespace Marketing.Bench;

/// <summary>How long answers took.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> _milliseconds = [];

    public void Add(TimeSpan latency) => _milliseconds.Add(latency.TotalMilliseconds);

    public double Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];
    }

    public IReadOnlyList<Figure> ToFigures(string of, Goal? goalOfP99 = null) =>
        [new($"p50 of {of}", Percentile(0.50), "ms"), new($"p99 of {of}", Percentile(0.99), "ms", Goal: goalOfP99)];
}
