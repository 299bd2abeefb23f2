namespace Marketing.Clients;

/// <summary>Tells calls under way that a silo was lost, and so perhaps their answers.</summary>
internal sealed class SiloLosses(TimeProvider clock)
{
    private volatile TaskCompletionSource _next = New();
    private long _last = long.MinValue;

    /// <summary>Ends at the next loss.</summary>
    public Task Next => _next.Task;

    /// <summary>Whether one was lost so short a time ago.</summary>
    public bool WasWithin(TimeSpan time) => Interlocked.Read(ref _last) is var last and not long.MinValue && clock.GetElapsedTime(last) < time;

    public void Report()
    {
        Interlocked.Exchange(ref _last, clock.GetTimestamp());
        Interlocked.Exchange(ref _next, New()).SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
