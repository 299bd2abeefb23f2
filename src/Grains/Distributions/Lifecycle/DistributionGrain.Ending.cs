namespace Marketing.Distributions;

/// <summary>How a distribution ends by itself, and what is left to do when it has.</summary>
internal sealed partial class DistributionGrain
{
    private const int CancelChunk = 5_000;
    private static readonly TimeSpan OwedPoll = TimeSpan.FromSeconds(10);

    // What was accepted a moment before the end may still be decided on again.
    private static readonly TimeSpan LastCommits = TimeSpan.FromSeconds(1);

    // An automatic one stops by itself when its time is over and what it owes is sent.
    private async Task<bool> EndStepAsync()
    {
        if (State.View!.Draft.EndsAt is not { } end)
        {
            if (_isListed)
            {
                // Earlier versions had every live one in the list of those with work.
                await SaveAsync(null, null);
            }

            return false;
        }

        var left = end - clock.GetUtcNow() + LastCommits;
        if (left > TimeSpan.Zero)
        {
            WorkAfter(left);
            return false;
        }

        if (await queue.HasPendingAsync(State.View.Number))
        {
            WorkAfter(OwedPoll);
            return false;
        }

        // What was matched before the end is written when this returned, so that it is seen to be pending.
        await catalogues.ChangedAsync(_project);
        if (await queue.HasPendingAsync(State.View.Number))
        {
            return true;
        }

        if (await SaveIfAsync(() => End(end), "distribution.stopped", "ends_at"))
        {
            await catalogues.ChangedAsync(_project);
        }

        return true;
    }

    private bool End(DateTimeOffset end)
    {
        if (State.Status != DistributionStatuses.Live || State.View!.Draft.EndsAt != end)
        {
            return false;
        }

        State.CancelPending = true;
        State.View = State.View with { Status = DistributionStatuses.Stopped, UpdatedAt = clock.GetUtcNow() };
        return true;
    }

    private async Task<bool> CancelStepAsync()
    {
        if (await queue.CancelAsync(State.View!.Number, CancelChunk, clock.GetUtcNow()) > 0)
        {
            return true;
        }

        if (State.CancelPending)
        {
            State.CancelPending = false;
            await SaveAsync(null, null);
            _wasAsked = false;
        }

        return false;
    }

    private async Task<bool> DeleteStepAsync()
    {
        if (await queue.DeleteAsync(State.View!.Number, CancelChunk) > 0)
        {
            return true;
        }

        await distributions.DeleteAsync(State.View.Number);
        (State, _revision) = (new DistributionState(), 0);
        return false;
    }
}
