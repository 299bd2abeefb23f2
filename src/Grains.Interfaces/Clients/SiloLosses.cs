namespace Marketing.Clients;

/// <summary>Tells calls under way that a silo was lost, and so perhaps their answers.</summary>
internal sealed class SiloLosses
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Ends at the next loss.</summary>
    public Task Next => _next.Task;

    public void Report() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
