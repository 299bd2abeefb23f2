using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Marketing.Distributions.Lanes;

/// <summary>
/// Every silo agrees, from the list of silos alone, which of them a lane belongs to, and a silo that comes or goes moves no more lanes than its share.
/// </summary>
internal sealed class LanePlacement : PlacementStrategy
{
    /// <summary>The owner of a grain among silos: the one that scores highest together with it.</summary>
    public static SiloAddress OwnerOf(GrainId grain, IEnumerable<SiloAddress> silos)
    {
        var key = grain.GetUniformHashCode();
        return silos.MaxBy(silo => (Score(key, silo), silo)) ?? throw new SiloUnavailableException("There is no silo for a lane.");
    }

    // Both hashes are the same in every process; the multiplications spread what they have in common.
    private static uint Score(uint grain, SiloAddress silo)
    {
        var mixed = grain ^ ((uint)silo.GetConsistentHashCode() * 0x9E3779B1u);
        mixed = (mixed ^ (mixed >> 16)) * 0x85EBCA6Bu;
        mixed = (mixed ^ (mixed >> 13)) * 0xC2B2AE35u;
        return mixed ^ (mixed >> 16);
    }
}

/// <inheritdoc cref="LanePlacement"/>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LanePlacementAttribute() : PlacementAttribute(new LanePlacement());

/// <summary>Applies <see cref="LanePlacement"/> where a lane is activated.</summary>
internal sealed class LanePlacementDirector(LeavingSilos leaving) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(OwnerOf(target.GrainIdentity, context.GetCompatibleSilos(target)));

    private SiloAddress OwnerOf(GrainId lane, SiloAddress[] silos)
    {
        SiloAddress[] staying = [.. leaving.Without(silos)];
        return LanePlacement.OwnerOf(lane, staying.Length > 0 ? staying : silos);
    }
}
