using Marketing.Storage;

namespace Marketing.Loyalties;

/// <summary>Points that wait for a day to become points.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id"><c>lopp_…</c></param>
/// <param name="Version">How often it was written.</param>
/// <param name="Campaign">Number of the campaign.</param>
/// <param name="Member">Number of the card.</param>
/// <param name="Customer">Number of the holder.</param>
/// <param name="Points">How many.</param>
/// <param name="Status">One of the constants.</param>
/// <param name="ActivatesOn">Midnight, in UTC, of the local day.</param>
/// <param name="Document">A <see cref="PendingDocument"/>.</param>
/// <param name="CreatedAt">When they were earned.</param>
/// <param name="UpdatedAt">When they last changed.</param>
[GenerateSerializer, Immutable, Alias("loyalty-pending-row")]
internal sealed record PendingRow(
    [property: Id(0)] long Number, [property: Id(1)] string Id, [property: Id(2)] long Version, [property: Id(3)] long Campaign, [property: Id(4)] long Member, [property: Id(5)] long Customer,
    [property: Id(6)] long Points, [property: Id(7)] string Status, [property: Id(8)] DateTimeOffset ActivatesOn, [property: Id(9)] RawJson Document, [property: Id(10)] DateTimeOffset CreatedAt,
    [property: Id(11)] DateTimeOffset? UpdatedAt) : ITableRow
{
    public const string Waiting = "PENDING";
    public const string Activated = "ACTIVATED";
    public const string Canceled = "CANCELED";

    public bool IsWaiting => Status == Waiting;

    public DateOnly Day => DateOnly.FromDateTime(ActivatesOn.UtcDateTime);
}

/// <summary>What is stored of points that wait. Names are the stored format.</summary>
/// <param name="Order">The order they are for.</param>
/// <param name="Rules">When they expire once they are points: <c>expiration_rules</c> of the earning rule; null for those of the programme.</param>
/// <param name="Details">By what they were earned, in the wire format.</param>
internal sealed record PendingDocument(string? Order, RawJson? Rules, RawJson Details);

/// <summary>Where points that wait are stored. They are erased with the customer.</summary>
internal static class PendingTable
{
    /// <summary>The campaign of those that wait.</summary>
    public static readonly Column WaitingIn = Column<PendingRow>.Number("waiting_in", row => row.IsWaiting ? row.Campaign : null);

    /// <summary>The card of those that wait.</summary>
    public static readonly Column WaitingFor = Column<PendingRow>.Number("waiting_for", row => row.IsWaiting ? row.Member : null);

    public static readonly Column Customer = Column<PendingRow>.Number("customer", row => row.Customer);

    private static readonly Column Campaign = Column<PendingRow>.Number("campaign", row => row.Campaign);
    private static readonly Column Member = Column<PendingRow>.Number("member", row => row.Member);
    private static readonly Column Points = Column<PendingRow>.Number("points", row => row.Points);
    private static readonly Column Status = Column<PendingRow>.Text("status", row => row.Status);
    private static readonly Column ActivatesOn = Column<PendingRow>.Instant("activates_on", row => row.ActivatesOn);
    private static readonly Column Document = Column<PendingRow>.Blob("document", row => row.Document.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<PendingRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<PendingRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<PendingRow> Pending = new("loyalty_pending_points", Read)
    {
        Columns = [WaitingIn, WaitingFor, Customer, Campaign, Member, Points, Status, ActivatesOn, Document, CreatedAt, UpdatedAt],
        Owner = Customer,
        Groups = [WaitingFor],
        Sorted = [WaitingIn],
        Orders = [CreatedAt],
    };

    private static PendingRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Count(Campaign), row.Count(Member), row.Count(Customer), row.Count(Points), row.Text(Status), row.Instant(ActivatesOn), new RawJson(row.Blob(Document)),
        row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
