namespace Marketing.Channels;

/// <summary>A message that waits for its turn on a connection.</summary>
/// <param name="since">When it got in line; a timestamp of the line's clock.</param>
/// <param name="cancellation">Ends the sending, not the waiting.</param>
internal abstract class Submission(long since, CancellationToken cancellation)
{
    // What follows an outcome is short, so it runs at once: a change of thread here would leave a connection waiting.
    private readonly TaskCompletionSource<DeliveryOutcome> _outcome = new();

    public long Since => since;

    public CancellationToken Cancellation => cancellation;

    public Task<DeliveryOutcome> Outcome => _outcome.Task;

    /// <summary>With an outcome, or with what kept it from having one.</summary>
    public void Settle(DeliveryOutcome? outcome, Exception? failure)
    {
        if (failure is not null)
        {
            _outcome.SetException(failure);
            return;
        }

        _outcome.SetResult(outcome!);
    }
}
