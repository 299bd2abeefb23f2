using System.Diagnostics;
using System.Text.Json;

namespace Marketing.Loyalties;

/// <summary>What the ledger keeps of a change of points. Names are the stored format.</summary>
/// <param name="SourceId">The shop's id of it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Channel">Who asked.</param>
/// <param name="Total">All points that were ever added, less those that were subtracted, afterwards.</param>
/// <param name="Buckets">Which buckets the points came into, or left.</param>
/// <param name="Details">What it was for, in the wire format.</param>
internal sealed record PointsDocument(string? SourceId, string? Reason, string? Channel, long Total, IReadOnlyList<BucketPart> Buckets, RawJson? Details)
{
    /// <summary>The number of the change of the other card, where points moved.</summary>
    public long? Related { get; init; }

    public static PointsDocument Read(byte[] stored) => JsonSerializer.Deserialize<PointsDocument>(stored, WireJson.Options)!;

    public RawJson Write() => new(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options));
}

/// <summary>What changes of points are, as the wire format names it.</summary>
internal static class PointsTypes
{
    public const string Activation = "PENDING_POINTS_ACTIVATION";
    public const string Accrual = "POINTS_ACCRUAL";
    public const string Redemption = "POINTS_REDEMPTION";
    public const string Refund = "POINTS_REFUND";
    public const string Addition = "POINTS_ADDITION";
    public const string Removal = "POINTS_REMOVAL";
    public const string Expiration = "POINTS_EXPIRATION";
    public const string TransferIn = "POINTS_TRANSFER_IN";
    public const string TransferOut = "POINTS_TRANSFER_OUT";

    /// <summary>The figure of the campaign that such a change is counted in.</summary>
    public static string FigureOf(string type) => type switch
    {
        Activation => "pending_points_activated",
        Accrual => "points_rewarded",
        Redemption => "points_redeemed",
        Refund => "points_rolledback",
        Addition => "points_added",
        Removal => "points_subtracted",
        Expiration => "points_expired",
        TransferIn => "points_transferred_in",
        TransferOut => "points_transferred_out",
        _ => throw new UnreachableException(),
    };
}
