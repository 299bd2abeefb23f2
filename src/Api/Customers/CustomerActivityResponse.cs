using Marketing.Activity;

namespace Marketing.Customers;

/// <summary>One entry of a customer's activity.</summary>
internal sealed record CustomerActivityResponse(string Id, string Type, CustomerActivityData Data, DateTimeOffset CreatedAt, string? GroupId)
{
    public static CustomerActivityResponse From(ActivityEntry entry) =>
        new(entry.Id, entry.Type, new CustomerActivityData(entry.Data, new CustomerActivitySource(entry.Channel)), entry.CreatedAt, entry.GroupId);
}

/// <summary>What the entry is about.</summary>
/// <param name="Data">The objects of the event.</param>
/// <param name="EventSource">Where it came from.</param>
internal sealed record CustomerActivityData(RawJson Data, CustomerActivitySource EventSource);

/// <summary>Where an event came from.</summary>
/// <param name="Channel"><c>API</c>, <c>CLIENT_API</c>, <c>USER_PORTAL</c> or <c>INTERNAL</c>.</param>
internal sealed record CustomerActivitySource(string Channel);
