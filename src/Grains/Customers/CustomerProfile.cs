using Marketing.Json;

namespace Marketing.Customers;

/// <summary>How a profile changes. Pure.</summary>
internal static class CustomerProfile
{
    public static Customer New(string id, CustomerPatch patch, DateTimeOffset createdAt) => new() { Id = id, SourceId = patch.SourceId, CreatedAt = createdAt };

    /// <summary>Applies a patch and says whether anything is different now.</summary>
    public static bool Apply(Customer customer, CustomerPatch patch)
    {
        var before = (customer.SourceId, customer.Name, customer.Description, customer.Email, customer.Phone, customer.Birthdate, customer.Address, customer.Metadata);
        customer.SourceId ??= patch.SourceId;

        if (Names(patch, CustomerFields.Name))
        {
            customer.Name = patch.Name;
        }

        if (Names(patch, CustomerFields.Description))
        {
            customer.Description = patch.Description;
        }

        if (Names(patch, CustomerFields.Email))
        {
            customer.Email = patch.Email;
        }

        if (Names(patch, CustomerFields.Phone))
        {
            customer.Phone = patch.Phone;
        }

        if (Names(patch, CustomerFields.Birthdate))
        {
            customer.Birthdate = patch.Birthdate;
        }

        if (Names(patch, CustomerFields.Address))
        {
            customer.Address = patch.Address;
        }

        if (Names(patch, CustomerFields.Metadata))
        {
            customer.Metadata = patch.Metadata is { } given ? JsonObjects.Merge(customer.Metadata, given) : customer.Metadata;
        }

        var after = (customer.SourceId, customer.Name, customer.Description, customer.Email, customer.Phone, customer.Birthdate, customer.Address, customer.Metadata);
        return before != after;
    }

    public static void CountEvent(Customer customer, string name, DateTimeOffset now)
    {
        if (customer.Events.TryGetValue(name, out var count))
        {
            count.Count++;
            count.Last = now;
        }
        else
        {
            customer.Events[name] = new EventCount { Count = 1, First = now, Last = now };
        }
    }

    private static bool Names(CustomerPatch patch, CustomerFields field) => (patch.Present & field) != 0;
}
