using System.Text.Json.Serialization;
using Marketing.Customers;

namespace Marketing.Events;

/// <summary>Receipt of a custom event.</summary>
internal sealed record EventResponse
{
    public string Object { get; } = "event";

    /// <summary>The event's name.</summary>
    public required string Type { get; init; }

    public required CustomerBrief Customer { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RawJson? Referral { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public RawJson? Loyalty { get; init; }

    public required RawJson Metadata { get; init; }

    public static EventResponse From(CustomEventCommand command, CustomerBrief customer) => new()
    {
        Type = command.Name,
        Customer = customer,
        Referral = command.Referral,
        Loyalty = command.Loyalty,
        Metadata = command.Metadata ?? RawJson.EmptyObject,
    };
}
