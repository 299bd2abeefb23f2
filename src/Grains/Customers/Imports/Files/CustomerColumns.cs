namespace Marketing.Customers.Imports;

/// <summary>What the columns of a file of customers mean: known names are fields of the profile, every other one is a key of metadata.</summary>
internal static class CustomerColumns
{
    public static IReadOnlyDictionary<string, CustomerColumn> Known { get; } = new Dictionary<string, CustomerColumn>(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = CustomerColumn.Id,
        ["Source_id"] = CustomerColumn.SourceId,
        ["Name"] = CustomerColumn.Name,
        ["Email"] = CustomerColumn.Email,
        ["Phone"] = CustomerColumn.Phone,
        ["Birthdate"] = CustomerColumn.Birthdate,
        ["Birthday"] = CustomerColumn.Birthdate,
        ["Description"] = CustomerColumn.Description,
        ["Address_line_1"] = CustomerColumn.Line1,
        ["Address_line_2"] = CustomerColumn.Line2,
        ["Address_Postal_Code"] = CustomerColumn.PostalCode,
        ["Postal_Code"] = CustomerColumn.PostalCode,
        ["Address_City"] = CustomerColumn.City,
        ["City"] = CustomerColumn.City,
        ["Address_State"] = CustomerColumn.State,
        ["State"] = CustomerColumn.State,
        ["Address_Country"] = CustomerColumn.Country,
        ["Country"] = CustomerColumn.Country,
    };

    /// <summary>The parts of the address among them.</summary>
    public static IReadOnlyList<(CustomerColumn Column, AddressParts Part)> Address { get; } =
    [
        (CustomerColumn.Line1, AddressParts.Line1), (CustomerColumn.Line2, AddressParts.Line2), (CustomerColumn.PostalCode, AddressParts.PostalCode),
        (CustomerColumn.City, AddressParts.City), (CustomerColumn.State, AddressParts.State), (CustomerColumn.Country, AddressParts.Country),
    ];

    /// <summary>The field a column means, as it is named in JSON; null for a column without a name, which is passed over.</summary>
    public static string? FieldOf(string name) => name.Length == 0 ? null : !Known.TryGetValue(name, out var column) ? $"metadata.{name}" : column switch
    {
        CustomerColumn.Id => "id",
        CustomerColumn.SourceId => "source_id",
        CustomerColumn.Name => "name",
        CustomerColumn.Email => "email",
        CustomerColumn.Phone => "phone",
        CustomerColumn.Birthdate => "birthdate",
        CustomerColumn.Description => "description",
        CustomerColumn.Line1 => "address.line_1",
        CustomerColumn.Line2 => "address.line_2",
        CustomerColumn.PostalCode => "address.postal_code",
        CustomerColumn.City => "address.city",
        CustomerColumn.State => "address.state",
        _ => "address.country",
    };
}
