using Orleans.Concurrency;

namespace Marketing.Distributions.Lanes;

/// <summary>
/// One part of a distribution, by customer: works through its rows of the messages table. Keyed by project, distribution number and lane.
/// The rows are the queue; everything here can be lost and started again.
/// </summary>
[Alias("distribution-lane"), GrainInterfaceType("distribution-lane")]
internal interface IDistributionLaneGrain : IGrainWithStringKey
{
    /// <summary>There may be something due. A hint; repeating or losing it changes nothing but time.</summary>
    /// <param name="catalogueVersion">What the caller knows of; the lane's silo may not have heard of it yet.</param>
    /// <param name="look">Whether it is to be looked for; otherwise it is in the lane's inbox.</param>
    [Alias("wake"), OneWay]
    Task WakeAsync(long catalogueVersion, bool look);

    /// <summary>
    /// The distribution may not send any more: answers when everything that had not begun is queued again. What has begun goes on. Repeating it
    /// changes nothing.
    /// </summary>
    /// <param name="catalogueVersion">Of the change; nothing is marked by an older one.</param>
    [Alias("hold"), AlwaysInterleave]
    Task HoldAsync(long catalogueVersion);

    /// <summary>Ends here; answers when everything that is being handed over is settled.</summary>
    [Alias("rest"), AlwaysInterleave, ResponseTimeout("00:11:00")]
    Task RestAsync();

    /// <summary>Ends here once everything that is being handed over is settled, so that the next wake finds it on the silo it belongs to.</summary>
    [Alias("move"), OneWay, AlwaysInterleave]
    Task MoveAsync();
}

internal static class LaneAddresses
{
    extension(IGrainFactory grains)
    {
        public IDistributionLaneGrain Lane(int project, int distribution, int lane) =>
            grains.GetGrain<IDistributionLaneGrain>($"{project}/{distribution}/{lane}");

        public Channels.IChannelGrain Channel(string type) => grains.GetGrain<Channels.IChannelGrain>(type);
    }

    public static (int Project, int Distribution, int Lane) Split(string key)
    {
        var parts = key.Split('/');
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        return (int.Parse(parts[0], culture), int.Parse(parts[1], culture), int.Parse(parts[2], culture));
    }
}
