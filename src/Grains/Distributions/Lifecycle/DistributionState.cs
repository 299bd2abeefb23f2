using System.Text.Json.Serialization;
using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>What a distribution remembers. Property names are the stored format of what is not in columns of its row.</summary>
internal sealed class DistributionState
{
    /// <summary>The distribution as shown, without counts; null before it was created.</summary>
    [JsonIgnore]
    public Distribution? View { get; set; }

    /// <summary>What is stored, where it is not understood; <see cref="View"/> is then what the columns say.</summary>
    [JsonIgnore]
    public UnreadDistribution? Unread { get; set; }

    /// <summary>Fingerprint of the request that created it.</summary>
    public string? Fingerprint { get; set; }

    /// <summary>Where <c>resume</c> goes back to.</summary>
    public string? StatusBeforePause { get; set; }

    /// <summary>What was left of the countdown when it was paused; null for a whole one.</summary>
    public TimeSpan? CountdownLeft { get; set; }

    /// <summary>The audience is still to be turned into messages, from <see cref="SnapshotCursor"/> on.</summary>
    public bool SnapshotPending { get; set; }

    public long SnapshotCursor { get; set; }

    /// <summary>The same among publications, of one that follows codes; not stored, because what is done again changes nothing.</summary>
    [JsonIgnore]
    public TablePlace? SnapshotPlace { get; set; }

    /// <summary>Stopped; messages that wait may be left to cancel.</summary>
    public bool CancelPending { get; set; }

    /// <summary>Paused by itself, because its action had nothing more to give; it goes on when there is something again.</summary>
    public bool WaitsForSupplies { get; set; }

    /// <summary>It was said that what it gives runs low.</summary>
    public bool SuppliesAreLow { get; set; }

    /// <summary>Being deleted; messages may be left.</summary>
    [JsonIgnore]
    public bool Deleted { get; set; }

    [JsonIgnore]
    public bool Exists => View is not null && !Deleted;

    [JsonIgnore]
    public string Status => View!.Status;

    /// <summary>From when on it has something to do by itself, and so has to be found after a crash; null when it only answers and listens.</summary>
    public DateTimeOffset? WorkAt(Distribution view) => Deleted || CancelPending ? DateTimeOffset.UnixEpoch : view.Status switch
    {
        DistributionStatuses.WaitingForSegment or DistributionStatuses.Sending => DateTimeOffset.UnixEpoch,
        DistributionStatuses.Scheduled => view.SendsAt ?? DateTimeOffset.UnixEpoch,
        DistributionStatuses.Live when SnapshotPending => view.Draft.StartsAt ?? DateTimeOffset.UnixEpoch,
        DistributionStatuses.Live => view.Draft.EndsAt,
        DistributionStatuses.Paused when WaitsForSupplies => DateTimeOffset.UnixEpoch,
        _ => null,
    };
}
