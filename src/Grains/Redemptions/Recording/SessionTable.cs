using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Marketing.Storage;

namespace Marketing.Redemptions;

/// <summary>What a session holds of one redeemable until it is redeemed, released, or its time is over.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Made of the session's key and the redeemable.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Session">A number made of the key.</param>
/// <param name="Voucher">The voucher's number.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="Document">The key, and what is held.</param>
[GenerateSerializer, Immutable, Alias("session-row")]
internal sealed record SessionRow(
    [property: Id(0)] long Number, [property: Id(1)] string Id, [property: Id(2)] long Version, [property: Id(3)] long Session, [property: Id(4)] long Voucher,
    [property: Id(5)] DateTimeOffset ExpiresAt, [property: Id(6)] RawJson Document) : ITableRow
{
    /// <summary>Whether the row ends: nothing is held by it any more.</summary>
    [Id(7)] public bool Ends { get; init; }

    public static string IdOf(int project, string key, string voucherId) => ObjectIds.FromSource("ssn_", project, $"{key}\n{voucherId}");

    public static long NumberOf(string key) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) & long.MaxValue;
}

/// <summary>What a session says. Names are the stored format.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Uses">Uses that are held.</param>
/// <param name="Credits">Credits of a gift card that are held.</param>
internal sealed record SessionDocument(string Key, long Uses, long Credits);

/// <summary>Where sessions are stored.</summary>
internal static class SessionTable
{
    public static readonly Column Session = Column<SessionRow>.Number("session", row => row.Session);
    public static readonly Column Voucher = Column<SessionRow>.Number("voucher", row => row.Voucher);

    private static readonly Column ExpiresAt = Column<SessionRow>.Instant("expires_at", row => row.ExpiresAt);
    private static readonly Column Document = Column<SessionRow>.Blob("document", row => row.Document.Utf8.ToArray());

    public static readonly Table<SessionRow> Sessions = new("redemption_sessions", Read)
    {
        Columns = [Session, Voucher, ExpiresAt, Document],
        Groups = [Session, Voucher],
        Orders = [],
        Expires = ExpiresAt,
    };

    private static SessionRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Session), row.Count(Voucher), row.Instant(ExpiresAt), new RawJson(row.Blob(Document)));
}
