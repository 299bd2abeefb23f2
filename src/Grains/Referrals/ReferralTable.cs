using Marketing.Storage;

namespace Marketing.Referrals;

/// <summary>A customer whom a referral code was meant for, or who became a customer by it: a referee.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id"><c>rh_…</c></param>
/// <param name="Version">How often it was written.</param>
/// <param name="Voucher">Number of the code.</param>
/// <param name="Campaign">Number of the programme.</param>
/// <param name="Customer">Number of the referee.</param>
/// <param name="Referrer">Number of the customer who holds the code.</param>
/// <param name="IsAssigned">Whether the referee holds the code; not any more where somebody took it back.</param>
/// <param name="ConvertedAt">When the referee was referred; null for not yet.</param>
/// <param name="Metadata">The shop's own.</param>
/// <param name="CreatedAt">Since when.</param>
[GenerateSerializer, Immutable, Alias("referral-row")]
internal sealed record ReferralRow(
    [property: Id(0)] long Number, [property: Id(1)] string Id, [property: Id(2)] long Version, [property: Id(3)] long Voucher, [property: Id(4)] long Campaign, [property: Id(5)] long Customer,
    [property: Id(6)] long Referrer, [property: Id(7)] bool IsAssigned, [property: Id(8)] DateTimeOffset? ConvertedAt, [property: Id(9)] RawJson Metadata, [property: Id(10)] DateTimeOffset CreatedAt)
    : ITableRow
{
    /// <summary>What is unique of an assignment: a customer is a referee of a code once.</summary>
    public static string AssignmentOf(long voucher, long customer) => $"{voucher}/{customer}";

    /// <summary>What is unique of a conversion: a customer is referred once in a programme, by whomever.</summary>
    public static string ConversionOf(long campaign, long customer) => $"{campaign}/{customer}";
}

/// <summary>Where referees are stored. They are erased with the customer.</summary>
internal static class ReferralTable
{
    public static readonly Column Voucher = Column<ReferralRow>.Number("voucher", row => row.Voucher);
    public static readonly Column Assigned = Column<ReferralRow>.Text("assigned", row => row.IsAssigned ? ReferralRow.AssignmentOf(row.Voucher, row.Customer) : null);
    public static readonly Column Converted = Column<ReferralRow>.Text("converted", row => row.ConvertedAt is null ? null : ReferralRow.ConversionOf(row.Campaign, row.Customer));

    private static readonly Column Campaign = Column<ReferralRow>.Number("campaign", row => row.Campaign);
    private static readonly Column Customer = Column<ReferralRow>.Number("customer", row => row.Customer);
    private static readonly Column Referrer = Column<ReferralRow>.Number("referrer", row => row.Referrer);
    private static readonly Column ConvertedAt = Column<ReferralRow>.Instant("converted_at", row => row.ConvertedAt);
    private static readonly Column Metadata = Column<ReferralRow>.Blob("metadata", row => row.Metadata.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<ReferralRow>.Instant("created_at", row => row.CreatedAt);

    public static readonly Table<ReferralRow> Referrals = new("referrals", Read)
    {
        Columns = [Voucher, Assigned, Converted, Campaign, Customer, Referrer, ConvertedAt, Metadata, CreatedAt],
        Unique = [Assigned, Converted],
        Owner = Customer,
        Groups = [Voucher],
        Orders = [CreatedAt],
    };

    private static ReferralRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Voucher), row.Count(Campaign), row.Count(Customer), row.Count(Referrer), row.TextOrNull(Assigned) is not null, row.InstantOrNull(ConvertedAt),
        new RawJson(row.Blob(Metadata)), row.Instant(CreatedAt));
}
