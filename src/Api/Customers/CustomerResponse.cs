using System.Text.Json.Serialization;

namespace Marketing.Customers;

/// <summary>The customer object.</summary>
internal sealed record CustomerResponse
{
    public required string Id { get; init; }

    public string? SourceId { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Birthdate { get; init; }

    /// <summary>Null while none was given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public CustomerAddress? Address { get; init; }

    /// <summary>Absent while none were ever given.</summary>
    public RawJson? Metadata { get; init; }

    public required RawJson SystemMetadata { get; init; }

    public required CustomerSummary Summary { get; init; }

    public required CustomerLoyalty Loyalty { get; init; }

    public required CustomerReferrals Referrals { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public string Object { get; } = "customer";

    /// <summary>All of the stored customer except the event counters, which are not part of the API.</summary>
    public static CustomerResponse From(Customer customer) => new()
    {
        Id = customer.Id,
        SourceId = customer.SourceId,
        Name = customer.Name,
        Description = customer.Description,
        Email = customer.Email,
        Phone = customer.Phone,
        Birthdate = customer.Birthdate,
        Address = customer.Address,
        Metadata = customer.Metadata,
        SystemMetadata = customer.SystemMetadata,
        Summary = customer.Summary,
        Loyalty = customer.Loyalty,
        Referrals = customer.Referrals,
        CreatedAt = customer.CreatedAt,
        UpdatedAt = customer.UpdatedAt,
    };
}

/// <summary>A page of customers.</summary>
internal sealed record CustomerListResponse(IReadOnlyList<CustomerResponse> Customers, long Total, bool HasMore)
{
    public string Object { get; } = "list";

    public string DataRef { get; } = "customers";

    /// <summary>True where there are more than <c>total</c>, which then says how far was counted.</summary>
    public bool? TotalIsMinimum { get; init; }
}
