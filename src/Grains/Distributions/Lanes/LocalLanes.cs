using System.Collections.Concurrent;

namespace Marketing.Distributions.Lanes;

/// <summary>The lanes that work on this silo, so that those which belong elsewhere since silos came or went can move.</summary>
internal sealed class LocalLanes(ILocalSiloDetails silo)
{
    private readonly ConcurrentDictionary<GrainId, IDistributionLaneGrain> _lanes = new();

    public void Add(GrainId id, IDistributionLaneGrain lane) => _lanes[id] = lane;

    public void Remove(GrainId id) => _lanes.TryRemove(id, out _);

    /// <summary>Asks the lanes that belong to another of the active silos to go there.</summary>
    public void Rebalance(IReadOnlyCollection<SiloAddress> active)
    {
        if (!active.Contains(silo.SiloAddress))
        {
            // Ending: everything leaves anyway.
            return;
        }

        foreach (var (id, lane) in _lanes)
        {
            if (!LanePlacement.OwnerOf(id, active).Equals(silo.SiloAddress))
            {
                lane.MoveAsync().Ignore();
            }
        }
    }
}
