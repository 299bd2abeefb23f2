using System.Text.Json.Serialization;

namespace Marketing.Segments;

/// <summary>What a segment remembers. Kept in its row; property names are the format in which earlier versions stored it.</summary>
internal sealed class SegmentState
{
    /// <summary>A cursor that says: members of an earlier filter have to go first.</summary>
    public const long MembersOfEarlierFilter = -1;

    /// <summary>A cursor that says: the filter was not understood. Once it is, its members are those of an earlier filter.</summary>
    public const long NotUnderstood = -2;

    public int Number { get; set; }

    public string Name { get; set; } = "";

    public string Type { get; set; } = "";

    /// <summary>JSON text of the filter; null for a static segment.</summary>
    public string? Filter { get; set; }

    /// <summary>What is stored instead of a filter that is understood.</summary>
    [JsonIgnore]
    public UnreadFilter? Unread { get; set; }

    /// <summary>In which time zones the filter was and is read; null while it was always the project's, as in rows of earlier versions.</summary>
    public IReadOnlyList<ZoneEra>? Zones { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>The instant existing customers are judged at.</summary>
    public DateTimeOffset Baseline { get; set; }

    public bool Synced { get; set; }

    /// <summary>The last customer number that was checked; <see cref="MembersOfEarlierFilter"/> or <see cref="NotUnderstood"/> before the first one is.</summary>
    public long Cursor { get; set; }

    public int Progress { get; set; }

    public string? Fingerprint { get; set; }

    /// <summary>Being deleted; memberships may be left.</summary>
    public bool Deleted { get; set; }

    public long Version { get; set; } = 1;

    /// <summary>The distribution to whose draft it belongs.</summary>
    public string? DraftOf { get; set; }

    public bool Exists => Number != 0 && !Deleted;
}
