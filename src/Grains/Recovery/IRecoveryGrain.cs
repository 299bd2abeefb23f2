namespace Marketing.Recovery;

/// <summary>
/// Takes up work that a crash interrupted and work that only time makes due. Keyed by shard number, 0 to <see cref="Shards"/> - 1; its reminder
/// keeps it alive.
/// </summary>
[Alias("recovery"), GrainInterfaceType("recovery")]
internal interface IRecoveryGrain : IGrainWithIntegerKey
{
    /// <summary>How many shards there are; each takes the objects whose number falls to it.</summary>
    const int Shards = 4;

    /// <summary>Makes sure the shard runs. Repeating it changes nothing.</summary>
    [Alias("start")]
    Task StartAsync();
}
