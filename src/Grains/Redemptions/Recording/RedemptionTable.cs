using Marketing.Storage;

namespace Marketing.Redemptions;

/// <summary>A stored redemption, failed redemption or rollback; of a stack also the parent that its parts have in common.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id"><c>r_…</c>, <c>rf_…</c>, <c>rr_…</c> or <c>rrf_…</c>.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Parent">The number of the parent; null where it is none's part.</param>
/// <param name="Undoes">Of a rollback, the id of the redemption: it is taken back once. Null where it failed.</param>
/// <param name="Customer">The customer's number; null for somebody unknown.</param>
/// <param name="Campaign">The campaign's number; null where there is none.</param>
/// <param name="Voucher">The voucher's number; null for a promotion and for a parent.</param>
/// <param name="Document">What else there is.</param>
/// <param name="CreatedAt">When.</param>
[GenerateSerializer, Immutable, Alias("redemption-row")]
internal sealed record RedemptionRow(
    [property: Id(0)] long Number, [property: Id(1)] string Id, [property: Id(2)] long Version, [property: Id(3)] RedemptionKind Kind, [property: Id(4)] RedemptionStatus Status,
    [property: Id(5)] long? Parent, [property: Id(6)] string? Undoes, [property: Id(7)] long? Customer, [property: Id(8)] long? Campaign, [property: Id(9)] long? Voucher,
    [property: Id(10)] RawJson Document, [property: Id(11)] DateTimeOffset CreatedAt) : ITableRow;

/// <summary>What a row is. Numbers are the stored format.</summary>
internal enum RedemptionKind
{
    Redemption = 0,
    Rollback = 1,
}

/// <summary>What became of it. Numbers are the stored format.</summary>
internal enum RedemptionStatus
{
    Succeeded = 0,
    Failed = 1,
    RolledBack = 2,
}

/// <summary>Where redemptions are stored. They are erased with the customer; uses, credits and limits are not.</summary>
internal static class RedemptionTable
{
    public static readonly Column Undoes = Column<RedemptionRow>.Text("undoes", row => row.Undoes);
    public static readonly Column Parent = Column<RedemptionRow>.Number("parent", row => row.Parent);
    public static readonly Column Customer = Column<RedemptionRow>.Number("customer", row => row.Customer);
    public static readonly Column Campaign = Column<RedemptionRow>.Number("campaign", row => row.Campaign);
    public static readonly Column Voucher = Column<RedemptionRow>.Number("voucher", row => row.Voucher);

    private static readonly Column Kind = Column<RedemptionRow>.Number("kind", row => (long)row.Kind);
    private static readonly Column Status = Column<RedemptionRow>.Number("status", row => (long)row.Status);
    private static readonly Column Document = Column<RedemptionRow>.Blob("document", row => row.Document.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<RedemptionRow>.Instant("created_at", row => row.CreatedAt);

    /// <summary>Those that failed.</summary>
    public static readonly RowMark Failed = new("failed", Status, "1");

    public static readonly Table<RedemptionRow> Redemptions = new("redemptions", Read)
    {
        Columns = [Kind, Status, Parent, Undoes, Customer, Campaign, Voucher, Document, CreatedAt],
        Unique = [Undoes],
        Owner = Customer,
        Groups = [Parent, Customer],
        Sorted = [Campaign, Voucher],
        Marks = [Failed],
        Orders = [CreatedAt],
    };

    private static RedemptionRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, (RedemptionKind)row.Count(Kind), (RedemptionStatus)row.Count(Status), row.CountOrNull(Parent), row.TextOrNull(Undoes), row.CountOrNull(Customer),
        row.CountOrNull(Campaign), row.CountOrNull(Voucher), new RawJson(row.Blob(Document)), row.Instant(CreatedAt));
}
