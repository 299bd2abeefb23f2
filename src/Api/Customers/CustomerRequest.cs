namespace Marketing.Customers;

// For the OpenAPI document; CustomerReader reads it field by field instead of binding it, because an absent field and a null one mean different things.

/// <summary>A customer. What is absent stays as it is, null takes a value away.</summary>
internal sealed record CustomerRequest
{
    /// <summary>The customer id; the caller's own or one given by the engine.</summary>
    public string? Id { get; init; }

    /// <summary>The shop's id of the customer. Fixed once set.</summary>
    public string? SourceId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary><c>YYYY-MM-DD</c></summary>
    public string? Birthdate { get; init; }

    /// <summary>Replaced as a whole. A part that is given as null is answered as null, one that is not given is absent.</summary>
    public CustomerAddress? Address { get; init; }

    /// <summary>Attributes of your own, merged key by key; a null stays as null, which filters and templates take for unknown.</summary>
    public IReadOnlyDictionary<string, object>? Metadata { get; init; }
}

/// <summary>The same metadata for many customers.</summary>
internal sealed record CustomerMetadataRequest
{
    public required IReadOnlyList<string> SourceIds { get; init; }

    public required IReadOnlyDictionary<string, object> Metadata { get; init; }
}
