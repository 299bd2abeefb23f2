using Marketing.AsyncActions;
using Marketing.Catalogue;
using Marketing.Json;

namespace Marketing.Customers.Imports;

/// <summary>
/// A row that changes a customer: the one with the id or, where it names none, with the source id. As everywhere, the id wins. Where files are matched by address it is the one
/// with this address, and both ids are only taken over.
/// </summary>
internal sealed record CustomerRowChange(long Row, string? Id, string? SourceId, CustomerPatch Patch)
{
    /// <summary>The address that says whom it means, as <see cref="EmailAddress.KeyOf"/> makes it; null where the ids say so.</summary>
    public string? EmailKey { get; init; }

    /// <summary>Parts of the address it sets or clears; the others stay.</summary>
    public IReadOnlyList<(AddressParts Part, string? Value)> AddressParts { get; init; } = [];

    /// <summary>Keys of metadata it removes.</summary>
    public IReadOnlyList<string> ClearedKeys { get; init; } = [];

    /// <summary>Changes the customer, and says whether anything is different now.</summary>
    public bool Apply(Customer customer)
    {
        var patch = Patch;
        if (AddressParts.Count > 0)
        {
            patch = patch with { Present = patch.Present | CustomerFields.Address, Address = Merged(customer.Address) };
        }

        var changed = CustomerProfile.Apply(customer, patch);
        var left = JsonObjects.Without(customer.Metadata, ClearedKeys);
        changed |= left != customer.Metadata;
        customer.Metadata = left;
        return changed;
    }

    /// <summary>Why the metadata is not as the project's schemas say, or null.</summary>
    /// <param name="catalogue">The schemas.</param>
    /// <param name="after">The customer, changed.</param>
    /// <param name="isNew">Whether it is made.</param>
    public ImportProblem? MetadataProblem(CatalogueSnapshot catalogue, Customer after, bool isNew)
    {
        var given = Patch.Metadata ?? (ClearedKeys.Count > 0 ? RawJson.EmptyObject : null);
        return CustomerMetadata.ProblemsOf(catalogue, given, after, isNew) is { Count: > 0 } problems ? ImportProblem.Of(Row, SourceId, problems) : null;
    }

    private CustomerAddress? Merged(CustomerAddress? present)
    {
        var address = present ?? new CustomerAddress();
        foreach (var (part, value) in AddressParts)
        {
            address = part switch
            {
                Customers.AddressParts.City => address with { City = value },
                Customers.AddressParts.State => address with { State = value },
                Customers.AddressParts.Line1 => address with { Line1 = value },
                Customers.AddressParts.Line2 => address with { Line2 = value },
                Customers.AddressParts.Country => address with { Country = value },
                _ => address with { PostalCode = value },
            };
            address = address with { Nulls = address.Nulls & ~part };
        }

        return address == new CustomerAddress() ? null : address;
    }
}
