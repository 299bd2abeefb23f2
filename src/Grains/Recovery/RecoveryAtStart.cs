namespace Marketing.Recovery;

/// <summary>Starts the recovery shards as soon as the silo takes calls, instead of at the next minute.</summary>
internal sealed class RecoveryAtStart(IGrainFactory grains) : IStartupTask
{
    public Task Execute(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, IRecoveryGrain.Shards).Select(shard => grains.GetGrain<IRecoveryGrain>(shard).StartAsync()));
}
