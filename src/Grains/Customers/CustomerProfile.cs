using System.Text.Json;
using System.Text.Json.Nodes;

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
            customer.Metadata = patch.Metadata is { } given ? Merge(customer.Metadata, given) : customer.Metadata;
        }

        var after = (customer.SourceId, customer.Name, customer.Description, customer.Email, customer.Phone, customer.Birthdate, customer.Address, customer.Metadata);
        return before != after;
    }

    /// <summary>
    /// Overlays one JSON object on another, key by key; the one that was there where nothing is different. A null is a value like others: the product keeps it, and to
    /// filters and templates it is unknown.
    /// </summary>
    public static RawJson Merge(RawJson? present, RawJson given)
    {
        if (present is null || given.Equals(RawJson.EmptyObject))
        {
            return present ?? given;
        }

        var result = JsonNode.Parse(present.Utf8.Span)!.AsObject();
        var changed = false;
        foreach (var (key, value) in JsonNode.Parse(given.Utf8.Span)!.AsObject())
        {
            if (!result.TryGetPropertyValue(key, out var known) || !JsonNode.DeepEquals(known, value))
            {
                result[key] = value?.DeepClone();
                changed = true;
            }
        }

        return changed ? new RawJson(JsonSerializer.SerializeToUtf8Bytes(result)) : present;
    }

    /// <summary>A JSON object without some of its keys; the one that was there where it has none of them.</summary>
    public static RawJson? Without(RawJson? present, IReadOnlyList<string> keys)
    {
        if (present is null || keys.Count == 0)
        {
            return present;
        }

        var result = JsonNode.Parse(present.Utf8.Span)!.AsObject();
        var changed = false;
        foreach (var key in keys)
        {
            changed |= result.Remove(key);
        }

        return changed ? new RawJson(JsonSerializer.SerializeToUtf8Bytes(result)) : present;
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
