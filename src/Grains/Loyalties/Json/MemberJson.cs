using System.Globalization;
using System.Text.Json;
using Marketing.Json;
using Marketing.Storage;
using Marketing.Vouchers;

namespace Marketing.Loyalties;

/// <summary>Members, their buckets and changes of points, in the wire format.</summary>
internal static class MemberJson
{
    private const string TransactionPrefix = "vtx_";

    public static CardFigures FiguresOf(MemberState state)
    {
        var next = state.Buckets.FirstOrDefault(static bucket => bucket.Ends is not null);
        return new CardFigures
        {
            Points = state.Total + state.Subtracted,
            Balance = state.Balance,
            NextExpiration = next?.Ends is { } day ? LoyaltyJson.Day(day) : null,
            NextExpirationPoints = next?.Points ?? 0,
            Pending = state.Pending,
            Expired = state.Expired,
            Subtracted = state.Subtracted,
            Redeemed = state.Redeemed,
        };
    }

    public static string TransactionId(long entry) => string.Create(CultureInfo.InvariantCulture, $"{TransactionPrefix}{entry}");

    public static long? TransactionNumber(string? id) =>
        id is not null && id.StartsWith(TransactionPrefix, StringComparison.Ordinal) && long.TryParse(id.AsSpan(TransactionPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var entry) ? entry : null;

    /// <summary>What a caller is answered who changed points.</summary>
    public static RawJson Balance(MemberEntry entry, string voucherId, string operation = "MANUAL") => WrittenJson.Of(json => WriteBalance(entry.Points, entry.Total, entry.Balance, voucherId, operation, json));

    /// <summary>How many points wait, as the events of such points show it.</summary>
    public static void WritePendingBalance(long points, long total, string voucherId, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("points"u8, points);
        json.WriteNumber("total"u8, total);
        json.WriteString("object"u8, "balance"u8);
        json.WriteString("operation_type"u8, "MANUAL"u8);
        WriteRelated(voucherId, json);
        json.WriteEndObject();
    }

    public static void WriteBalance(long points, long total, long balance, string voucherId, string? operation, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("points"u8, points);
        json.WriteNumber("total"u8, total);
        json.WriteNumber("balance"u8, balance);
        json.WriteString("type"u8, "loyalty_card"u8);
        json.WriteString("object"u8, "balance"u8);
        WriteRelated(voucherId, json);
        if (operation is not null)
        {
            json.WriteString("operation_type"u8, operation);
        }

        json.WriteEndObject();
    }

    /// <summary>A change of points as it is listed.</summary>
    public static RawJson Transaction(string voucherId, string? campaignId, LedgerRow entry) =>
        WrittenJson.Of(json => WriteTransaction(voucherId, campaignId, entry.Entry, entry.Type, entry.Delta, entry.Value, entry.At, PointsDocument.Read(entry.Document), json));

    /// <summary>The same of one that is about to be written.</summary>
    public static void WriteTransaction(string voucherId, string? campaignId, MemberEntry entry, DateTimeOffset at, Utf8JsonWriter json) =>
        WriteTransaction(voucherId, campaignId, entry.Number, entry.Type, entry.Points, entry.Balance, at, entry.Document, json);

    public static void WriteBucket(string id, long points, DateOnly? ends, string status, (string Voucher, string? Campaign) of, (DateTimeOffset Created, DateTimeOffset? Updated) at, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        json.WriteString("voucher_id"u8, of.Voucher);
        json.WriteString("campaign_id"u8, of.Campaign);
        json.WriteStartObject("bucket"u8);
        json.WriteNumber("total_points"u8, points);
        json.WriteEndObject();
        json.WriteString("status"u8, status);
        if (ends is { } day)
        {
            json.WriteString("expires_at"u8, LoyaltyJson.Day(day));
        }

        json.WriteString("created_at"u8, WireJson.Text(at.Created));
        if (at.Updated is { } updated)
        {
            json.WriteString("updated_at"u8, WireJson.Text(updated));
        }

        json.WriteString("object"u8, "loyalty_points_bucket"u8);
        json.WriteEndObject();
    }

    /// <summary>What messages say of a member: how far it is to the next tier, and what is lost when.</summary>
    public static void WriteMembership(MemberState state, LoyaltyProgram program, Utf8JsonWriter json)
    {
        var figures = FiguresOf(state);
        json.WriteStartObject();
        json.WriteNumber("points"u8, figures.Points);
        json.WriteNumber("balance"u8, figures.Balance);
        json.WriteNumber("pending_points"u8, figures.Pending);
        json.WriteString("next_expiration_date"u8, figures.NextExpiration);
        json.WriteNumber("next_expiration_points"u8, figures.NextExpirationPoints);
        json.WriteString("tier"u8, program.Find(state.Tier?.Tier)?.Name);
        json.WriteString("tier_expiration_date"u8, state.Tier?.Ends is { } ends ? LoyaltyJson.Day(ends) : null);
        var next = program.NextOf(state);
        json.WriteString("next_tier"u8, next?.Tier.Name);
        json.WriteNumber("points_to_next_tier"u8, next?.Distance ?? 0);
        json.WriteString("object"u8, "membership"u8);
        json.WriteEndObject();
    }

    private static void WriteTransaction(
        string voucherId, string? campaignId, long number, string type, long points, long balance, DateTimeOffset at, PointsDocument said, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, TransactionId(number));
        json.WriteString("source_id"u8, said.SourceId);
        json.WriteString("voucher_id"u8, voucherId);
        json.WriteString("campaign_id"u8, campaignId);
        json.WriteString("source"u8, said.Channel);
        json.WriteString("reason"u8, said.Reason);
        json.WriteString("type"u8, type);
        json.WriteStartObject("details"u8);
        json.WritePropertyName("balance"u8);
        WriteBalance(points, said.Total, balance, voucherId, null, json);
        json.WriteStartArray("buckets"u8);
        foreach (var part in said.Buckets)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, part.Id);
            json.WriteNumber("points"u8, part.Points);
            json.WriteString("expires_at"u8, part.Ends is { } day ? LoyaltyJson.Day(day) : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        foreach (var detail in said.Details is { } details ? details.ToElement().EnumerateObject().ToList() : [])
        {
            detail.WriteTo(json);
        }

        json.WriteEndObject();
        json.WriteString("related_transaction_id"u8, said.Related is { } related ? TransactionId(related) : null);
        json.WriteString("created_at"u8, WireJson.Text(at));
        json.WriteEndObject();
    }

    private static void WriteRelated(string voucherId, Utf8JsonWriter json)
    {
        json.WriteStartObject("related_object"u8);
        json.WriteString("type"u8, "voucher"u8);
        json.WriteString("id"u8, voucherId);
        json.WriteEndObject();
    }
}
