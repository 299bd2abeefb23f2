namespace Marketing.Customers;

/// <summary>What a customer can redeem.</summary>
internal sealed record RedeemableListResponse
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "data";

    public IReadOnlyList<RawJson> Data { get; } = [];

    public long Total { get; }

    public bool HasMore { get; }
}
