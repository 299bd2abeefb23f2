using System.Text.Json;
using Marketing.AsyncActions;

namespace Marketing.Customers.Imports;

/// <summary>Customers in rows of JSON payloads that the API took as a whole.</summary>
internal static class CustomerOfRow
{
    /// <summary>The patch an object means, or what is wrong with it.</summary>
    public static (CustomerPatch? Patch, string? Problem) Read(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return (null, "must be an object");
        }

        var present = CustomerFields.None;
        string? problem = null;
        string? Field(string name, CustomerFields field)
        {
            if (!row.TryGetProperty(name, out var value))
            {
                return null;
            }

            present |= field;
            if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                problem ??= $"{name} must be a string";
                return null;
            }

            return value.GetString();
        }

        CustomerAddress? address = null;
        if (row.TryGetProperty("address", out var given))
        {
            present |= CustomerFields.Address;
            try
            {
                address = given.Deserialize<CustomerAddress>(WireJson.Options);
            }
            catch (JsonException)
            {
                problem = "address must be an object of strings";
            }
        }

        RawJson? metadata = null;
        // Null is no object to merge, so it says nothing about metadata.
        if (row.TryGetProperty("metadata", out var bag) && bag.ValueKind is not JsonValueKind.Null)
        {
            present |= CustomerFields.Metadata;
            if (bag.ValueKind is JsonValueKind.Object)
            {
                metadata = RawJson.From(bag);
            }
            else
            {
                problem ??= "metadata must be an object";
            }
        }

        var patch = new CustomerPatch
        {
            SourceId = JsonRows.Text(row, "source_id"),
            Name = Field("name", CustomerFields.Name),
            Description = Field("description", CustomerFields.Description),
            Email = Field("email", CustomerFields.Email),
            Phone = Field("phone", CustomerFields.Phone),
            Birthdate = Field("birthdate", CustomerFields.Birthdate) ?? Field("birthday", CustomerFields.Birthdate),
            Address = address,
            Metadata = metadata,
            Present = present,
        };
        problem ??= CustomerLimits.WhyNot(null, patch) is var (field, rule) ? $"{field} {rule}" : null;
        return problem is null ? (patch, null) : (null, problem);
    }
}
