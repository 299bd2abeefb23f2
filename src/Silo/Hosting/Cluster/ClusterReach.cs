namespace Marketing.Hosting;

/// <summary>Refuses calls until the client has found the cluster; Orleans itself fails on them in ways that look like a defect.</summary>
internal sealed class ClusterReach : ILifecycleParticipant<IClusterClientLifecycle>, IOutgoingGrainCallFilter
{
    private volatile bool _found;

    public void Participate(IClusterClientLifecycle lifecycle) => lifecycle.Subscribe<ClusterReach>(
        ServiceLifecycleStage.Active,
        _ =>
        {
            _found = true;
            return Task.CompletedTask;
        });

    // The client's own calls, by which it finds the cluster, are to system targets.
    public Task Invoke(IOutgoingGrainCallContext context) => _found || context.TargetId.IsSystemTarget()
        ? context.Invoke()
        : throw new SiloUnavailableException("No silo answers yet.");
}
