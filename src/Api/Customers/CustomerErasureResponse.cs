namespace Marketing.Customers;

/// <summary>Receipt of a permanent deletion.</summary>
internal sealed record CustomerErasureResponse(string Id, DateTimeOffset CreatedAt, string RelatedObjectId, ErasedCounts DataJson)
{
    public string RelatedObject { get; } = "customer";

    public string Status { get; } = "DONE";

    public string Object { get; } = "pernament_deletion";
}

/// <summary>
/// How much was erased. All activity is kept as customer events here: those about orders are counted again by themselves, and the product's store of daily events
/// is empty.
/// </summary>
internal sealed record ErasedCounts(int Events, int CustomerEvents, int Segments, int Orders, int OrderEvents)
{
    public int DailyEvents { get; }

    public int Customer { get; } = 1;
}
