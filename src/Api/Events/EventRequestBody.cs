using Marketing.Customers;

namespace Marketing.Events;

// For the OpenAPI document; EventReader reads it.

/// <summary>A custom event.</summary>
internal sealed record EventRequestBody
{
    /// <summary>The event's name.</summary>
    public required string Event { get; init; }

    /// <summary>Whose event it is. Created when nobody has the source id; an id must be known.</summary>
    public required CustomerRequest Customer { get; init; }

    public IReadOnlyDictionary<string, object>? Metadata { get; init; }

    public EventReferralBody? Referral { get; init; }

    public EventLoyaltyBody? Loyalty { get; init; }
}

/// <summary>The referral an event converts.</summary>
internal sealed record EventReferralBody(string Code, string? ReferrerId);

/// <summary>The loyalty card an event earns on.</summary>
internal sealed record EventLoyaltyBody(string Code);
