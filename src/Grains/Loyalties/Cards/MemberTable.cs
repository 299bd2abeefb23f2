using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>A member of a loyalty programme: the card and what is on it. Has number and id of the card's voucher.</summary>
/// <param name="Number">Of the voucher.</param>
/// <param name="Id">Voucher id.</param>
/// <param name="Version">How often it was written: whatever changes points writes it, so changes of one card are decided one after the other.</param>
/// <param name="Campaign">Number of the campaign.</param>
/// <param name="Customer">Number of the holder.</param>
/// <param name="DueOn">Midnight, in UTC, of the local day on which something happens by itself. A day and no instant: in another time zone it is the same day.</param>
/// <param name="Document">A <see cref="MemberState"/>.</param>
/// <param name="CreatedAt">When the card was given out.</param>
/// <param name="UpdatedAt">When it last changed.</param>
[GenerateSerializer, Immutable, Alias("loyalty-member-row")]
internal sealed record MemberRow(
    [property: Id(0)] long Number, [property: Id(1)] string Id, [property: Id(2)] long Version, [property: Id(3)] long Campaign, [property: Id(4)] long Customer, [property: Id(5)] DateTimeOffset DueOn,
    [property: Id(6)] RawJson Document, [property: Id(7)] DateTimeOffset CreatedAt, [property: Id(8)] DateTimeOffset? UpdatedAt) : ITableRow
{
    /// <summary>When nothing happens by itself.</summary>
    public static readonly DateTimeOffset Never = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A day as it is stored.</summary>
    public static DateTimeOffset Stored(DateOnly? day) => day is { } known && known < DateOnly.FromDateTime(Never.UtcDateTime) ? new DateTimeOffset(known.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : Never;
}

/// <summary>Where members are stored. They are erased with the customer.</summary>
internal static class MemberTable
{
    public static readonly Column Campaign = Column<MemberRow>.Number("campaign", row => row.Campaign);
    public static readonly Column Customer = Column<MemberRow>.Number("customer", row => row.Customer);

    private static readonly Column DueOn = Column<MemberRow>.Instant("due_on", row => row.DueOn);
    private static readonly Column Document = Column<MemberRow>.Blob("document", row => row.Document.Utf8.ToArray());
    public static readonly Column CreatedAt = Column<MemberRow>.Instant("created_at", row => row.CreatedAt);
    public static readonly Column UpdatedAt = Column<MemberRow>.Instant("updated_at", row => row.UpdatedAt);

    // In the order of days, so that a walk finds first what is due first.
    public static readonly Table<MemberRow> Members = new("loyalty_members", Read)
    {
        Columns = [Campaign, Customer, DueOn, Document, CreatedAt, UpdatedAt],
        Owner = Customer,
        Groups = [Campaign, Customer],
        Orders = [DueOn, CreatedAt, UpdatedAt],
    };

    private static MemberRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Campaign), row.Count(Customer), row.Instant(DueOn), new RawJson(row.Blob(Document)), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
