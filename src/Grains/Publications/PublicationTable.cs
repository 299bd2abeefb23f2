using Marketing.Storage;

namespace Marketing.Publications;

/// <summary>A stored publication.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Publication id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="SourceId">The shop's id of it.</param>
/// <param name="Once">Campaign and customer, where there is to be one only.</param>
/// <param name="Customer">The customer's number.</param>
/// <param name="Campaign">The campaign's number; null where there is none.</param>
/// <param name="Voucher">The number of the first voucher; null where it failed.</param>
/// <param name="Result"><c>SUCCESS</c> or <c>FAILURE</c>.</param>
/// <param name="Document">What else there is: vouchers, metadata, channel, why it failed.</param>
/// <param name="CreatedAt">When.</param>
internal sealed record PublicationRow(
    long Number, string Id, long Version, string? SourceId, string? Once, long Customer, long? Campaign, long? Voucher, string Result, RawJson Document, DateTimeOffset CreatedAt)
    : ITableRow
{
    public const string Success = "SUCCESS";
    public const string Failure = "FAILURE";

    /// <summary>What no two publications of a campaign to a customer share that gives one code only.</summary>
    public static string OnceOf(long campaign, long customer) => $"{campaign}/{customer}";
}

/// <summary>Where publications are stored. They are erased with the customer; that the codes were given out is not.</summary>
internal static class PublicationTable
{
    public static readonly Column SourceId = Column<PublicationRow>.Text("source_id", row => row.SourceId);
    public static readonly Column Once = Column<PublicationRow>.Text("once", row => row.Once);
    public static readonly Column Customer = Column<PublicationRow>.Number("customer", row => row.Customer);
    public static readonly Column Campaign = Column<PublicationRow>.Number("campaign", row => row.Campaign);
    public static readonly Column Voucher = Column<PublicationRow>.Number("voucher", row => row.Voucher);

    private static readonly Column Result = Column<PublicationRow>.Text("result", row => row.Result);
    private static readonly Column Document = Column<PublicationRow>.Blob("document", row => row.Document.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<PublicationRow>.Instant("created_at", row => row.CreatedAt);

    /// <summary>Those that failed.</summary>
    public static readonly RowMark Failed = new("failed", Result, $"'{PublicationRow.Failure}'");

    public static readonly Table<PublicationRow> Publications = new("publications", Read)
    {
        Columns = [SourceId, Once, Customer, Campaign, Voucher, Result, Document, CreatedAt],
        Unique = [SourceId, Once],
        Owner = Customer,
        Groups = [Customer],
        Sorted = [Campaign, Voucher],
        Marks = [Failed],
        Orders = [CreatedAt],
    };

    private static PublicationRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.TextOrNull(SourceId), row.TextOrNull(Once), row.Count(Customer), row.CountOrNull(Campaign), row.CountOrNull(Voucher), row.Text(Result),
        new RawJson(row.Blob(Document)), row.Instant(CreatedAt));
}
