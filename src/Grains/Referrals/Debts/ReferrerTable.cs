using Marketing.Storage;

namespace Marketing.Referrals;

/// <summary>How many customers somebody brought to a programme. By the row's version they are counted one after the other, so each tier is reached once.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Of the programme and the customer.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Customer">Number of the referrer.</param>
/// <param name="Referred">How many.</param>
/// <param name="CreatedAt">When the first came.</param>
[GenerateSerializer, Immutable, Alias("referrer-row")]
internal sealed record ReferrerRow(
    [property: Id(0)] long Number, [property: Id(1)] string Id, [property: Id(2)] long Version, [property: Id(3)] long Customer, [property: Id(4)] long Referred, [property: Id(5)] DateTimeOffset CreatedAt) : ITableRow
{
    public static string IdOf(long campaign, long customer) => $"{campaign}/{customer}";
}

/// <summary>Where referrers are counted. They are erased with the customer.</summary>
internal static class ReferrerTable
{
    private static readonly Column Customer = Column<ReferrerRow>.Number("customer", row => row.Customer);
    private static readonly Column Referred = Column<ReferrerRow>.Number("referred", row => row.Referred);
    private static readonly Column CreatedAt = Column<ReferrerRow>.Instant("created_at", row => row.CreatedAt);

    public static readonly Table<ReferrerRow> Referrers = new("referrers", Read)
    {
        Columns = [Customer, Referred, CreatedAt],
        Owner = Customer,
        Orders = [CreatedAt],
    };

    private static ReferrerRow Read(StoredRow row) => new(row.Number, row.Id, row.Version, row.Count(Customer), row.Count(Referred), row.Instant(CreatedAt));
}
