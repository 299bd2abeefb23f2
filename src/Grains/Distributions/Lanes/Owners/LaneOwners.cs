using Marketing.Storage;

namespace Marketing.Distributions.Lanes;

/// <summary>
/// Who works on a lane. Claiming it from a silo that is there waits until that has settled what it hands over; from one that is gone it does not.
/// </summary>
internal sealed class LaneOwners(IMessageQueue queue, ILocalSiloDetails silo, IClusterMembershipService membership)
{
    private readonly string _self = silo.SiloAddress.ToParsableString();

    /// <summary>The new epoch, or null while another silo hands over.</summary>
    /// <param name="distribution">Whose lane.</param>
    /// <param name="lane">Which.</param>
    /// <param name="waitedEnough">No longer than this can anything be under way: take it all the same.</param>
    public async Task<long?> ClaimAsync(int distribution, int lane, bool waitedEnough)
    {
        var claim = await queue.ClaimLaneAsync(distribution, lane, _self, insteadOf: null);
        if (claim is { Epoch: null, Owner: { } owner } && (waitedEnough || await IsGoneAsync(owner)))
        {
            claim = await queue.ClaimLaneAsync(distribution, lane, _self, owner);
        }

        return claim.Epoch;
    }

    private async ValueTask<bool> IsGoneAsync(string owner)
    {
        var address = SiloAddress.FromParsableString(owner);
        if (membership.CurrentSnapshot.GetSiloStatus(address) is SiloStatus.None)
        {
            // Nobody we have heard of: it may have come a moment ago.
            await membership.Refresh();
        }

        return membership.CurrentSnapshot.GetSiloStatus(address) is SiloStatus.None or SiloStatus.Dead;
    }
}
