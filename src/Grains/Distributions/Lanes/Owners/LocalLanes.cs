using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Distributions.Lanes;

/// <summary>
/// The lanes that work on this silo: those that belong elsewhere since silos came or went move, and when the silo stops, all of them go, each as soon as
/// what it hands over is settled. Those whose distribution is over are told so.
/// </summary>
internal sealed partial class LocalLanes(
    ILocalSiloDetails silo, IClusterMembershipService membership, LeavingSilos leaving, IOptions<DistributionOptions> options, ILogger<LocalLanes> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private readonly ConcurrentDictionary<GrainId, (int Distribution, IDistributionLaneGrain Lane)> _lanes = new();

    /// <summary>Whether the silo stops: nothing more is taken.</summary>
    public bool Resting { get; private set; }

    /// <summary>Whether the silo stops and there is no other to take up what it leaves: who is called then cannot come.</summary>
    public bool IsLast => Resting && !membership.CurrentSnapshot.Members.Values.Any(member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(silo.SiloAddress));

    /// <summary>Stops after everything that still takes calls, and first of what makes the silo one of the cluster.</summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe<LocalLanes>(ServiceLifecycleStage.Active, _ => Task.CompletedTask, RestAsync);

    public void Add(GrainId id, int distribution, IDistributionLaneGrain lane) => _lanes[id] = (distribution, lane);

    public void Remove(GrainId id) => _lanes.TryRemove(id, out _);

    /// <summary>Distributions that the catalogue does not have any more: their lanes look, and leave when nothing is left to do.</summary>
    /// <param name="distributions">By number.</param>
    /// <param name="catalogueVersion">Of the catalogue without them.</param>
    public void Over(IReadOnlySet<int> distributions, long catalogueVersion)
    {
        foreach (var (_, (distribution, lane)) in _lanes)
        {
            if (distributions.Contains(distribution))
            {
                lane.WakeAsync(catalogueVersion, look: false).Ignore();
            }
        }
    }

    /// <summary>Asks the lanes that belong to another of the active silos to go there.</summary>
    public void Rebalance(IReadOnlyCollection<SiloAddress> active)
    {
        if (!active.Contains(silo.SiloAddress))
        {
            // Ending: everything leaves anyway.
            return;
        }

        SiloAddress[] staying = [.. leaving.Without(active)];
        foreach (var (id, (_, lane)) in _lanes)
        {
            if (staying.Length > 0 && !LanePlacement.OwnerOf(id, staying).Equals(silo.SiloAddress))
            {
                lane.MoveAsync().Ignore();
            }
        }
    }

    private async Task RestAsync(CancellationToken cancellation)
    {
        Resting = true;
        if (cancellation.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await leaving.AnnounceAsync(silo.SiloAddress);
        }
        catch (Exception failure)
        {
            // The others find the lanes when this silo is gone.
            LogNotAnnounced(failure);
        }

        try
        {
            await Task.WhenAll(_lanes.Values.Select(entry => SettledAsync(entry.Lane))).WaitAsync(options.Value.DrainTimeout, cancellation);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            LogUnsettled();
        }
    }

    // One that cannot say so keeps nobody waiting.
    private async Task SettledAsync(IDistributionLaneGrain lane)
    {
        try
        {
            await lane.RestAsync();
        }
        catch (Exception failure)
        {
            LogNotSettled(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A lane did not say that it is settled")]
    private partial void LogNotSettled(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Recipients did not answer in time; what is being handed over to them is uncertain")]
    private partial void LogUnsettled();

    [LoggerMessage(LogLevel.Information, "The other silos could not be told that this one stops")]
    private partial void LogNotAnnounced(Exception exception);
}
