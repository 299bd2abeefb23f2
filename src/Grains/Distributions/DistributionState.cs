namespace Marketing.Distributions;

/// <summary>What a distribution remembers. Property names are the stored format.</summary>
internal sealed class DistributionState
{
    /// <summary>The distribution as shown, without counts; null before it was created.</summary>
    public Distribution? View { get; set; }

    /// <summary>Fingerprint of the request that created it.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>Where <c>resume</c> goes back to.</summary>
    public string? StatusBeforePause { get; set; }

    /// <summary>The audience is still to be turned into messages, from <see cref="SnapshotCursor"/> on.</summary>
    public bool SnapshotPending { get; set; }

    public long SnapshotCursor { get; set; }

    /// <summary>Being deleted; messages may be left.</summary>
    public bool Deleted { get; set; }

    public bool Exists => View is not null && !Deleted;

    public string Status => View!.Status;
}
