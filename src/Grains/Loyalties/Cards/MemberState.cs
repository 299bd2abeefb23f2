using System.Collections.Immutable;
using System.Text.Json;

namespace Marketing.Loyalties;

/// <summary>What a member has, as it is stored. Immutable; names are the stored format.</summary>
internal sealed record MemberState
{
    /// <summary>Points that can be spent, those first that end first; what never ends is last.</summary>
    public ImmutableArray<PointsBucket> Buckets { get; init; } = [];

    /// <summary>Points that were spent on something, less what was given back.</summary>
    public long Redeemed { get; init; }

    /// <summary>Points that expired.</summary>
    public long Expired { get; init; }

    /// <summary>Points that were taken away or moved to another card.</summary>
    public long Subtracted { get; init; }

    /// <summary>Points that wait.</summary>
    public long Pending { get; init; }

    /// <summary>The day on which the first of them become points; null where none wait.</summary>
    public DateOnly? Activates { get; init; }

    public TierStanding? Tier { get; init; }

    /// <summary>The first day of the period that points are collected in; null where the programme does not count by periods.</summary>
    public DateOnly? Period { get; init; }

    /// <summary>Points that were collected in it.</summary>
    public long Collected { get; init; }

    /// <summary>And in the one before.</summary>
    public long CollectedBefore { get; init; }

    /// <summary>And in those before that, the latest first, as long as a tier that was reached in them may hold.</summary>
    public ImmutableArray<long> CollectedEarlier { get; init; } = [];

    /// <summary>What the holder's profile has not been told of the balance: of points that another member's request moved.</summary>
    public long Untold { get; init; }

    /// <summary>The day on which the card redeems by itself what there are enough points for; null where there are not.</summary>
    public DateOnly? AutoDue { get; init; }

    /// <summary>What was told ahead.</summary>
    public ImmutableArray<ToldAhead> Told { get; init; } = [];

    public long Balance => Buckets.Sum(static bucket => bucket.Points);

    /// <summary>All points that were ever added, less those that were subtracted.</summary>
    public long Total => Balance + Redeemed + Expired;

    public static MemberState Read(RawJson document) => JsonSerializer.Deserialize<MemberState>(document.Utf8.Span, WireJson.Options)!;

    public RawJson Write() => new(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options));

    /// <summary>The first day on which time does something to the member; null for never. What the card redeems by itself is done by somebody.</summary>
    public DateOnly? DueOn(TierProgram program)
    {
        DateOnly?[] days =
        [
            Buckets.FirstOrDefault(static bucket => bucket.Ends is not null)?.Ends?.AddDays(1), Activates, Tier?.Ends?.AddDays(1),
            program.Period is { } period && Period is { } since && (Collected > 0 || Tier is not null) ? period.NextAfter(since) : null,
        ];
        return days.Min();
    }
}

/// <summary>Points that end on one day. Those of a card that end on the same day are one bucket.</summary>
/// <param name="Id"><c>lopb_…</c></param>
/// <param name="Points">How many are left.</param>
/// <param name="Ends">The last day on which they can be spent; null for ever.</param>
/// <param name="CreatedAt">When the first of them came.</param>
/// <param name="UpdatedAt">When some came or went last.</param>
internal sealed record PointsBucket(string Id, long Points, DateOnly? Ends, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt);

/// <summary>How many points came into a bucket, or left it.</summary>
/// <param name="Id">The bucket.</param>
/// <param name="Points">How many.</param>
/// <param name="Ends">Its last day.</param>
internal sealed record BucketPart(string Id, long Points, DateOnly? Ends);
