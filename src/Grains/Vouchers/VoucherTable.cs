using Marketing.Storage;

namespace Marketing.Vouchers;

/// <summary>A stored voucher.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Voucher id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Code">The code.</param>
/// <param name="CodeKey">By what it is found.</param>
/// <param name="Campaign">The number of its campaign; null where it has none.</param>
/// <param name="Revision">The campaign's terms that it was redeemed under first; null where it has not been.</param>
/// <param name="Type">What it is.</param>
/// <param name="IsActive">Whether it is enabled.</param>
/// <param name="Document">What is said of this voucher alone, in the wire format.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
[GenerateSerializer, Immutable, Alias("voucher-row")]
internal sealed record VoucherRow(
    [property: Id(0)] long Number, [property: Id(1)] string Id, [property: Id(2)] long Version, [property: Id(3)] string Code, [property: Id(4)] string CodeKey, [property: Id(5)] long? Campaign,
    [property: Id(6)] long? Revision, [property: Id(7)] string Type, [property: Id(8)] bool IsActive, [property: Id(9)] RawJson Document, [property: Id(10)] DateTimeOffset CreatedAt,
    [property: Id(11)] DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where vouchers are stored.</summary>
internal static class VoucherTable
{
    public static readonly Column CodeKey = Column<VoucherRow>.Text("code_key", row => row.CodeKey);
    public static readonly Column Campaign = Column<VoucherRow>.Number("campaign", row => row.Campaign);

    private static readonly Column Code = Column<VoucherRow>.Text("code", row => row.Code);
    private static readonly Column Revision = Column<VoucherRow>.Number("revision", row => row.Revision);
    private static readonly Column Type = Column<VoucherRow>.Text("type", row => row.Type);
    private static readonly Column IsActive = Column<VoucherRow>.Number("active", row => row.IsActive ? 1 : 0);
    private static readonly Column Document = Column<VoucherRow>.Blob("document", row => row.Document.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<VoucherRow>.Instant("created_at", row => row.CreatedAt);
    public static readonly Column UpdatedAt = Column<VoucherRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<VoucherRow> Vouchers = new("vouchers", Read)
    {
        Columns = [Code, CodeKey, Campaign, Revision, Type, IsActive, Document, CreatedAt, UpdatedAt],
        Unique = [CodeKey],
        Groups = [Campaign],
        Sorted = [Campaign],
        Without = Campaign,
        Orders = [CreatedAt, UpdatedAt],
    };

    private static VoucherRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Text(Code), row.Text(CodeKey), row.CountOrNull(Campaign), row.CountOrNull(Revision), row.Text(Type), row.Count(IsActive) != 0,
        new RawJson(row.Blob(Document)), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
