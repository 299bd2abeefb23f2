namespace Marketing.Storage.Relational;

/// <summary>How the customers of a page are found.</summary>
/// <param name="Path">Over which index.</param>
/// <param name="Kind">What is done with those that it finds.</param>
/// <param name="Most">How many of them there are at most, or are looked at.</param>
internal sealed record CustomerWay(CustomerPath Path, CustomerWayKind Kind, long Most)
{
    /// <summary>Through the index, which has the order asked for.</summary>
    public static CustomerWay InOrder(CustomerPath path) => new(path, CustomerWayKind.InOrder, long.MaxValue);

    /// <summary>Members by update: over the index as many as were never changed, where they are as many as this, and apart from them the changed.</summary>
    public static CustomerWay InParts(CustomerPath path, long most) => new(path, CustomerWayKind.InParts, most);

    /// <summary>Through the index, no further than this. A page that it fills is the page.</summary>
    public static CustomerWay Look(CustomerPath path, long most) => new(path, CustomerWayKind.Look, most);

    /// <summary>All that the index finds, put in the order asked for.</summary>
    public static CustomerWay Sorted(CustomerPath path, long most = long.MaxValue) => new(path, CustomerWayKind.Sorted, most);
}

internal enum CustomerWayKind
{
    InOrder,
    InParts,
    Look,
    Sorted,
}

/// <summary>A customer on a page.</summary>
/// <param name="Number">Who.</param>
/// <param name="At">The instant the page is in the order of; nothing where it is in another.</param>
internal readonly record struct CustomerPlace(long Number, long At);
