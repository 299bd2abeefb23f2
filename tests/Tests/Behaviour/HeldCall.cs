namespace Marketing.Behaviour;

/// <summary>A call that waits until the test lets it go on.</summary>
internal sealed class HeldCall
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the call is made.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromMinutes(1));

    public void Release() => _released.TrySetResult();

    public async Task WaitAsync()
    {
        _reached.TrySetResult();
        await _released.Task;
    }
}
