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

    public static readonly CustomerPath Name =
        new("customers_name", CustomerFilters.Name, CustomerFilters.Name | CustomerFilters.Created, "created_at") { Knows = CustomerFilters.Updated };

    public static readonly CustomerPath City =
        new("customers_city", CustomerFilters.City, CustomerFilters.City | CustomerFilters.Created, "created_at") { Knows = CustomerFilters.Updated };

    public static readonly CustomerPath Members =
        new("memberships_created", CustomerFilters.Segment, CustomerFilters.Segment | CustomerFilters.Created, "created_at") { IsOfMembers = true };

    public static readonly CustomerPath MembersBySource =
        new("memberships_source", CustomerFilters.Segment, CustomerFilters.Segment, "source_id") { IsOfMembers = true };

    /// <summary>The key of memberships.</summary>
    public static readonly CustomerPath MembersByNumber =
        new("sqlite_autoindex_memberships_1", CustomerFilters.Segment, CustomerFilters.Segment, null) { IsOfMembers = true };

    public static readonly CustomerPath Updated =
        new("customers_updated", CustomerFilters.Updated, CustomerFilters.Updated, "updated_at") { Knows = CustomerFilters.Created };

    public static readonly CustomerPath Created = new("customers_created", CustomerFilters.Created, CustomerFilters.Created, "created_at");

    public static readonly CustomerPath Source =
        new("customers_source_created", CustomerFilters.None, CustomerFilters.None, "source_id") { Knows = CustomerFilters.Created };

    /// <summary>Those that a filter chooses, first the one whose number is known.</summary>
    public static readonly IReadOnlyList<CustomerPath> Choosing = [Members, Email, Name, City, Updated, Created];

    /// <summary>Those of many that are found in order of creation.</summary>
    public static readonly IReadOnlyList<CustomerPath> ByCreation = [Members, Name, City];

    /// <summary>What it can say of those it finds besides.</summary>
    public CustomerFilters Knows { get; private init; }

    /// <summary>Whether it is of memberships, and not of customers.</summary>
    public bool IsOfMembers { get; private init; }

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
