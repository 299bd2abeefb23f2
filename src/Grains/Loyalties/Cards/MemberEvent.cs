using System.Text.Json;

namespace Marketing.Loyalties;

/// <summary>A change of points that is to be written. <see cref="Number"/> is known once it is.</summary>
internal sealed class MemberEntry
{
    public required string Type { get; init; }

    /// <summary>What is added; less than 0 for what is taken.</summary>
    public required long Points { get; init; }

    /// <summary>Why.</summary>
    public required PointsCause Cause { get; init; }

    /// <summary>Which buckets.</summary>
    public required IReadOnlyList<BucketPart> Buckets { get; init; }

    /// <summary>What the card has afterwards.</summary>
    public required long Balance { get; init; }

    /// <inheritdoc cref="PointsDocument.Total"/>
    public required long Total { get; init; }

    /// <summary>The same points on the other card.</summary>
    public MemberEntry? Related { get; set; }

    public long Number { get; set; }

    public PointsDocument Document => new(Cause.SourceId, Cause.Reason, Cause.Channel, Total, Buckets, Cause.Details) { Related = Related?.Number };
}

/// <summary>Why points come or go.</summary>
/// <param name="SourceId">The shop's id of it.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Channel">Who asked; null for nobody.</param>
/// <param name="Details">What it is for: a JSON object in the wire format.</param>
internal sealed record PointsCause(string? SourceId, string? Reason, string? Channel, RawJson? Details)
{
    public static readonly PointsCause Time = new(null, null, null, null);
}

/// <summary>Something that happened to a member, to be told to whoever listens.</summary>
/// <param name="Type">The type of the event.</param>
internal sealed record MemberEvent(string Type)
{
    /// <summary>The change of points that it is about.</summary>
    public MemberEntry? Entry { get; init; }

    /// <summary>The points that wait.</summary>
    public PendingRow? Pending { get; init; }

    /// <summary>Points that wait in all, afterwards.</summary>
    public long PendingBalance { get; init; }

    /// <summary>The tier that the member came into, stays in or left.</summary>
    public TierStanding? Tier { get; init; }

    /// <summary>The tier that the member was in, where that is another.</summary>
    public TierStanding? From { get; init; }

    /// <summary>The points that end.</summary>
    public PointsBucket? Bucket { get; init; }

    /// <summary>The tier that is near.</summary>
    public LoyaltyTierEntry? Next { get; init; }

    /// <summary>Of what is told ahead, how many days or points.</summary>
    public long? Within { get; init; }

    /// <summary>Writes the objects that belong to it besides: the order, the event, the rule.</summary>
    public Action<Utf8JsonWriter>? More { get; init; }
}

/// <summary>A tier event, for rules that listen to some.</summary>
/// <param name="Campaign">Number of the campaign.</param>
/// <param name="Tier">Tier id.</param>
internal sealed record TierMoved(long Campaign, string Tier);
