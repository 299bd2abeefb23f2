namespace Marketing.Health;

/// <summary>Whether the cluster can do its work now. Any silo answers for the database all of them share. Keyed by 0.</summary>
[Alias("readiness"), GrainInterfaceType("readiness")]
public interface IReadinessGrain : IGrainWithIntegerKey
{
    /// <summary>Null when everything answers, otherwise what does not. Reads and writes, changes nothing.</summary>
    [Alias("why-not-ready")]
    Task<string?> WhyNotReadyAsync();
}
