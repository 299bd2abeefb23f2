namespace Marketing.Customers;

/// <summary>A segment a customer belongs to.</summary>
internal sealed record CustomerSegmentResponse(string Id, string Name)
{
    public string Object { get; } = "segment";
}
