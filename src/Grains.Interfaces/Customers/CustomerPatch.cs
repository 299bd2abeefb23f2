namespace Marketing.Customers;

/// <summary>
/// A change of a profile. Only the fields named in <see cref="Present"/> change; a present null clears the field. Metadata is
/// merged key by key (a null value stays as null).
/// </summary>
[GenerateSerializer, Immutable, Alias("customer-patch")]
public sealed record CustomerPatch
{
    /// <summary>A change that names no field.</summary>
    public static readonly CustomerPatch Nothing = new();

    /// <summary>Which of the fields below are meant.</summary>
    [Id(0)] public CustomerFields Present { get; init; }

    /// <summary>The shop's id; taken over when the customer is created, afterwards fixed.</summary>
    [Id(1)] public string? SourceId { get; init; }

    /// <summary>Full name.</summary>
    [Id(2)] public string? Name { get; init; }

    /// <summary>Free text.</summary>
    [Id(3)] public string? Description { get; init; }

    /// <summary>Email address.</summary>
    [Id(4)] public string? Email { get; init; }

    /// <summary>Phone number.</summary>
    [Id(5)] public string? Phone { get; init; }

    /// <summary>Day of birth, <c>YYYY-MM-DD</c>.</summary>
    [Id(6)] public string? Birthdate { get; init; }

    /// <summary>Postal address, replaced as a whole.</summary>
    [Id(7)] public CustomerAddress? Address { get; init; }

    /// <summary>A JSON object.</summary>
    [Id(8)] public RawJson? Metadata { get; init; }
}

/// <summary>The fields a <see cref="CustomerPatch"/> can name.</summary>
[Flags]
public enum CustomerFields
{
    /// <summary>No field.</summary>
    None = 0,

    /// <summary><see cref="CustomerPatch.Name"/>.</summary>
    Name = 1,

    /// <summary><see cref="CustomerPatch.Description"/>.</summary>
    Description = 2,

    /// <summary><see cref="CustomerPatch.Email"/>.</summary>
    Email = 4,

    /// <summary><see cref="CustomerPatch.Phone"/>.</summary>
    Phone = 8,

    /// <summary><see cref="CustomerPatch.Birthdate"/>.</summary>
    Birthdate = 16,

    /// <summary><see cref="CustomerPatch.Address"/>.</summary>
    Address = 32,

    /// <summary><see cref="CustomerPatch.Metadata"/>.</summary>
    Metadata = 64,
}
