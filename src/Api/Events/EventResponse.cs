using System.Text.Json.Serialization;
using Marketing.Customers;

namespace Marketing.Events;

/// <summary>Receipt of a custom event.</summary>
internal sealed record EventResponse
{
    public string Object { get; } = "event";

    /// <summary>The event's name.</summary>
    public required string Type { get; init; }

    public required EventCustomer Customer { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RawJson? Referral { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RawJson? Loyalty { get; init; }

    public required RawJson Metadata { get; init; }

    public static EventResponse From(CustomEventCommand command, EventCustomer customer) => new()
    {
        Type = command.Name,
        Customer = customer,
        Referral = command.Referral,
        Loyalty = command.Loyalty,
        Metadata = command.Metadata ?? RawJson.EmptyObject,
    };
}

/// <summary>The customer of an event, in short.</summary>
internal sealed record EventCustomer
{
    public required string Id { get; init; }

    public string? SourceId { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    public RawJson? Metadata { get; init; }

    public string Object { get; } = "customer";

    public static EventCustomer From(Customer customer) => new()
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
    public static EventCustomer IdsOf(Customer customer) => new() { Id = customer.Id, SourceId = customer.SourceId };
}
