using Marketing.Catalogue;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Distributions.Lanes;

/// <summary>How a lane changes hands: taken when nothing of it is in the air, left when all of it is settled.</summary>
internal sealed partial class DistributionLaneGrain
{
    private static readonly TimeSpan AskOwnerAgain = TimeSpan.FromMilliseconds(200);

    // Longer than a connection and the answers to a message may take together, whatever is configured.
    private static readonly TimeSpan LongestHandOff = TimeSpan.FromMinutes(15);

    // False while another silo hands over messages of this lane: then it is asked for again in a moment.
    private async Task<bool> EnsureOwnedAsync(bool hold)
    {
        if (_epoch is not null)
        {
            return true;
        }

        _refusedSince ??= clock.GetTimestamp();

        // Of an activation before this one, which Orleans ended: nobody else must take up what it has in the air, and neither must this one.
        if (running.Of(_distribution, _lane) is { Count: > 0 } before)
        {
            foreach (var handOff in before)
            {
                handOff.CallBackAsync().Ignore();
            }

            WakeAfter(AskOwnerAgain);
            return false;
        }

        if (await owners.ClaimAsync(_distribution, _lane, waitedEnough: clock.GetElapsedTime(_refusedSince.Value) > LongestHandOff) is not { } epoch)
        {
            WakeAfter(AskOwnerAgain);
            return false;
        }

        _refusedSince = null;
        var recovered = await queue.RecoverLaneAsync(new LaneFence(_distribution, _lane, epoch), hold, clock.GetUtcNow());
        _epoch = epoch;
        if (recovered > 0)
        {
            metrics.TakenUp(recovered, hold);
            LogRecovered(_distribution, _lane, recovered);
        }

        return true;
    }

    // Paused or stopped: nothing is taken. What a crash left in the air is still taken up, and a stopped one may have to cancel what came back
    // from a hand-off.
    private async Task ReleaseAsync(CatalogueSnapshot catalogue)
    {
        if (_epoch is null && MayTakeUp(catalogue) && await queue.HandsOverAsync(_distribution, _lane))
        {
            await EnsureOwnedAsync(catalogue.Distributions.Find(_distribution)?.HoldsUncertain ?? false);
        }
        else
        {
            _refusedSince = null;
        }

        if (catalogue.Distributions.Find(_distribution) is not null)
        {
            return;
        }

        if (_mayBeLeft && await distributions.FindIdAsync(_distribution) is { } id)
        {
            GrainFactory.Distribution(_project, id).CheckCompleteAsync().Ignore();
        }

        // Over: nothing of it is in the air here, and nothing that another owner left has to be waited for.
        (_mayBeLeft, _isOver) = (false, _refusedSince is null);
    }

    // Once what is in the air is settled, and not before: the next owner finds nothing that it would have to call uncertain.
    private Task LeaveAsync()
    {
        return _leaving ??= LeaveOnceAsync();

        async Task LeaveOnceAsync()
        {
            (_ending, _woken) = (true, true);
            _wake?.TrySetResult();
            await Task.WhenAll(RecallAsync(), _pump, TakeUpAsync()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            DeactivateOnIdle();
        }

        // A mark whose end nobody knows would keep the next owner waiting, for this silo lives.
        async Task TakeUpAsync()
        {
            await _pump;
            var catalogue = await catalogues.GetAsync(_project);
            if (_epoch is null && MayTakeUp(catalogue) && await queue.HandsOverAsync(_distribution, _lane))
            {
                await EnsureOwnedAsync(catalogue.Distributions.Find(_distribution)?.HoldsUncertain ?? false);
            }
        }
    }

    // What becomes of what may have arrived is the author's choice, which cannot be read at present.
    private bool MayTakeUp(CatalogueSnapshot catalogue) => catalogue.Distributions.Find(_distribution) is not { Unread: not null };

    [LoggerMessage(LogLevel.Warning, "Lane {Lane} of distribution {Distribution} took up {Count} messages whose hand-off was interrupted")]
    private partial void LogRecovered(int distribution, int lane, int count);
}
