using Marketing.Storage;

namespace Marketing.Vouchers;

/// <summary>Who was given a voucher. Has the number and the id of the voucher, so that it is one at the most, and stays when the customer is erased: a code that was given out is not given out again.</summary>
/// <param name="Number">Of the voucher.</param>
/// <param name="Id">Voucher id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Customer">The customer's number.</param>
/// <param name="Publication">The number of the publication.</param>
/// <param name="Revision">The campaign's terms under which it was given out; null where it has no campaign.</param>
/// <param name="Distribution">The distribution that gave it out; null where it was none.</param>
/// <param name="At">When.</param>
internal sealed record HolderRow(
    long Number, string Id, long Version, long Customer, long Publication, long? Revision, long? Distribution, DateTimeOffset At) : ITableRow;

/// <summary>Where it is stored who was given what.</summary>
internal static class HolderTable
{
    public static readonly Column Customer = Column<HolderRow>.Number("customer", row => row.Customer);

    private static readonly Column Publication = Column<HolderRow>.Number("publication", row => row.Publication);
    private static readonly Column Revision = Column<HolderRow>.Number("revision", row => row.Revision);
    private static readonly Column Distribution = Column<HolderRow>.Number("distribution", row => row.Distribution);
    private static readonly Column At = Column<HolderRow>.Instant("created_at", row => row.At);

    public static readonly Table<HolderRow> Holders = new("holders", Read)
    {
        Columns = [Customer, Publication, Revision, Distribution, At],
        Groups = [Customer],
        Orders = [At],
    };

    private static HolderRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Customer), row.Count(Publication), row.CountOrNull(Revision), row.CountOrNull(Distribution), row.Instant(At));
}
