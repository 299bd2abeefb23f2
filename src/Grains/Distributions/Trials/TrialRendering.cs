namespace Marketing.Distributions;

/// <summary>
/// Renders what people only look at, one after the other and on a thread of its own: however many previews are asked for at once, they take one processor, and none
/// of the threads that everything else is answered by.
/// </summary>
internal sealed class TrialRendering : IDisposable
{
    // Shorter than the patience of the grain's callers.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _turn = new(1);

    /// <exception cref="RenderingBusyException">Too many are being rendered; nothing was done.</exception>
    public async Task<T> RunAsync<T>(Func<T> render)
    {
        if (!await _turn.WaitAsync(Patience))
        {
            throw new RenderingBusyException();
        }

        try
        {
            return await Task.Factory.StartNew(render, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
