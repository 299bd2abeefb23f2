namespace Marketing.Storage.Relational;

/// <summary>What customers are listed by.</summary>
[Flags]
internal enum CustomerFilters
{
    None = 0,
    Email = 1,
    Name = 2,
    City = 4,
    Segment = 8,
    Created = 16,
    Updated = 32,
}

/// <summary>An index that customers are found over.</summary>
/// <param name="Index">Its name.</param>
/// <param name="Begins">The filter without which it is of no use; none for one that only has an order.</param>
/// <param name="Holds">The filters it answers by itself.</param>
/// <param name="Order">The column it is in the order of, and then of the number; null where it is in none.</param>
internal sealed record CustomerPath(string Index, CustomerFilters Begins, CustomerFilters Holds, string? Order)
{
    public static readonly CustomerPath Email = new("customers_email", CustomerFilters.Email, CustomerFilters.Email, null);

    public static readonly CustomerPath Name = new("customers_name", CustomerFilters.Name, CustomerFilters.Name | CustomerFilters.Created, "created_at");

    public static readonly CustomerPath City = new("customers_city", CustomerFilters.City, CustomerFilters.City | CustomerFilters.Created, "created_at");

    public static readonly CustomerPath Members = new("memberships_created", CustomerFilters.Segment, CustomerFilters.Segment | CustomerFilters.Created, "created_at");

    public static readonly CustomerPath Updated = new("customers_updated", CustomerFilters.Updated, CustomerFilters.Updated, "updated_at");

    public static readonly CustomerPath Created = new("customers_created", CustomerFilters.Created, CustomerFilters.Created, "created_at");

    public static readonly CustomerPath Source = new("customers_source", CustomerFilters.None, CustomerFilters.None, "source_id");

    /// <summary>Those that a filter chooses. Where all of them leave many, the first is the best to count over: it has most of what else is asked.</summary>
    public static readonly IReadOnlyList<CustomerPath> Choosing = [Email, Name, City, Members, Updated, Created];

    /// <summary>
    /// Those of many that are found in order of creation, the best first. Who is in a segment has more to do with when somebody came than who lives where.
    /// </summary>
    public static readonly IReadOnlyList<CustomerPath> ByCreation = [Members, Name, City];

    /// <summary>The one in this order, whatever is asked for.</summary>
    public static CustomerPath InOrderOf(string column) => column switch
    {
        "updated_at" => Updated,
        "source_id" => Source,
        _ => Created,
    };

    /// <summary>Whether a filter makes it of use.</summary>
    public bool IsFor(CustomerFilters given) => Begins != CustomerFilters.None && given.HasFlag(Begins);
}
