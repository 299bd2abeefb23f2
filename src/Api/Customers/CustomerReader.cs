using System.Globalization;
using Marketing.Http;

namespace Marketing.Customers;

/// <summary>Reads a customer object out of a body. A present null clears a field, an absent one leaves it.</summary>
internal static class CustomerReader
{
    public static CustomerReference Read(Payload customer)
    {
        var sourceId = customer.Identifier("source_id");
        return new CustomerReference(customer.Identifier("id"), sourceId, ReadPatch(customer) with { SourceId = sourceId });
    }

    /// <summary>Whom something is done for or by: one who is named, or of whom something is said at least.</summary>
    public static CustomerReference ReadNamed(Payload customer)
    {
        var reference = Read(customer);
        return reference is { Id: null, SourceId: null, Patch.Present: CustomerFields.None } ? throw customer.Refuse("", "must have an id or a source_id") : reference;
    }

    /// <summary>The profile fields without the ids.</summary>
    public static CustomerPatch ReadPatch(Payload customer)
    {
        var present = CustomerFields.None;
        bool Has(string name, CustomerFields field)
        {
            var has = customer.Has(name);
            present |= has ? field : CustomerFields.None;
            return has;
        }

        var patch = new CustomerPatch
        {
            Name = Has("name", CustomerFields.Name) ? customer.Text("name", TextLimits.Name) : null,
            Description = Has("description", CustomerFields.Description) ? customer.Text("description", TextLimits.Description) : null,
            Email = Has("email", CustomerFields.Email) ? ReadEmail(customer) : null,
            Phone = Has("phone", CustomerFields.Phone) ? customer.Line("phone", TextLimits.Phone) : null,
            Birthdate = Has("birthday", CustomerFields.Birthdate) | Has("birthdate", CustomerFields.Birthdate) ? ReadBirthdate(customer) : null,
            Address = Has("address", CustomerFields.Address) ? ReadAddress(customer) : null,
            Metadata = customer.RawObject("metadata"),
        };

        // Null is no object to merge, so it says nothing about metadata.
        present |= patch.Metadata is null ? CustomerFields.None : CustomerFields.Metadata;
        return present == CustomerFields.None ? CustomerPatch.Nothing : patch with { Present = present };
    }

    private static string? ReadEmail(Payload customer)
    {
        var text = customer.Line("email", TextLimits.Email);
        return EmailAddress.WhyNot(text) is { } reason ? throw customer.Refuse(".email", reason) : text;
    }

    // birthday is the product's older name of the field.
    private static string? ReadBirthdate(Payload customer)
    {
        var name = customer.Has("birthdate") ? "birthdate" : "birthday";
        var text = customer.Text(name, 32);
        return text is null || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? text
            : throw customer.Refuse($".{name}", "must be a date, YYYY-MM-DD");
    }

    private static CustomerAddress? ReadAddress(Payload customer)
    {
        if (customer.Object("address") is not { } address)
        {
            return null;
        }

        var given = AddressParts.None;
        foreach (var (name, part) in CustomerAddress.Names)
        {
            given |= address.Has(name) ? part : AddressParts.None;
        }

        return CustomerAddress.Of(given, part => address.Text(CustomerAddress.Names.First(known => known.Part == part).Name, TextLimits.AddressPart));
    }
}
