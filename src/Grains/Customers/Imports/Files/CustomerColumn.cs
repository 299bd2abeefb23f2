namespace Marketing.Customers.Imports;

/// <summary>A column of a file that is a field of the profile.</summary>
internal enum CustomerColumn
{
    Id,
    SourceId,
    Name,
    Email,
    Phone,
    Birthdate,
    Description,
    Line1,
    Line2,
    PostalCode,
    City,
    State,
    Country,
}
