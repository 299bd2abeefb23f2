using System.Diagnostics;

namespace Marketing.Bench;

/// <summary>So many operations in flight for so long.</summary>
internal sealed class Load(int inFlight, TimeSpan length)
{
    public async Task<LoadResult> RunAsync(Func<int, Task> operate)
    {
        var latencies = new Latencies();
        var watch = Stopwatch.StartNew();
        var next = -1;
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < length)
            {
                var start = Stopwatch.GetTimestamp();
                await operate(Interlocked.Increment(ref next));
                latencies.Add(Stopwatch.GetElapsedTime(start));
                Interlocked.Increment(ref done);
            }
        })));
        return new LoadResult(done, watch.Elapsed, latencies);
    }
}

internal sealed record LoadResult(int Done, TimeSpan Took, Latencies Latencies)
{
    public double PerSecond => Done / Took.TotalSeconds;
}
