namespace Marketing.Customers;

/// <summary>The customer of an event, in short.</summary>
internal sealed record CustomerBrief
{
    public required string Id { get; init; }

    public string? SourceId { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public RawJson? Metadata { get; init; }

    public string Object { get; } = "customer";

    public static CustomerBrief From(Customer customer) => new()
    {
        Id = customer.Id,
        SourceId = customer.SourceId,
        Name = customer.Name,
        Email = customer.Email,
        Metadata = customer.Metadata,
    };

    /// <summary>
    /// For the client side: only the ids. Its key is public and ids can be guessed, so the answer must not tell anybody the name or
    /// address behind an id.
    /// </summary>
    public static CustomerBrief IdsOf(Customer customer) => new() { Id = customer.Id, SourceId = customer.SourceId };
}
