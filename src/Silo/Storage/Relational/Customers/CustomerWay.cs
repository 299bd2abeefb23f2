namespace Marketing.Storage.Relational;

/// <summary>How the customers of a page are found.</summary>
/// <param name="Path">Over which index.</param>
/// <param name="IsSorted">Whether those that it finds are put in the order asked for, or come in it.</param>
/// <param name="Most">How many of them there are at most.</param>
internal sealed record CustomerWay(CustomerPath Path, bool IsSorted, long Most)
{
    public static CustomerWay InOrder(CustomerPath path) => new(path, IsSorted: false, long.MaxValue);

    public static CustomerWay Sorted(CustomerPath path, long most = long.MaxValue) => new(path, IsSorted: true, most);
}

/// <summary>A customer on a page.</summary>
/// <param name="Number">Who.</param>
/// <param name="At">The instant the page is in the order of; nothing where it is in another.</param>
internal readonly record struct CustomerPlace(long Number, long At);
