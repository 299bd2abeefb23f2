namespace Marketing.Storage.Sqlite;

/// <summary>How a list is sorted: one of a few columns, and the number as the tie-break in the same direction, as the indexes are.</summary>
internal readonly record struct ListOrder(string Column, bool Descending)
{
    private string Sort { get; init; } = string.Empty;

    /// <summary>Reads <c>created_at</c> or <c>-created_at</c>; anything that is not offered becomes the first column offered.</summary>
    public static ListOrder Parse(string? order, params ReadOnlySpan<string> offered)
    {
        var descending = order is ['-', ..];
        var column = descending ? order![1..] : order;
        foreach (var candidate in offered)
        {
            if (candidate == column)
            {
                return new ListOrder(candidate, descending);
            }
        }

        return new ListOrder(offered[0], true);
    }

    /// <summary>For few rows out of many: the plus keeps the planner from walking the index of the order instead of that of the filter.</summary>
    public ListOrder AfterFilter() => this with { Sort = "+" };

    public string Clause(string numberColumn, string prefix = "") =>
        Descending
            ? $" ORDER BY {Sort}{prefix}{Column} DESC, {numberColumn} DESC"
            : $" ORDER BY {Sort}{prefix}{Column}, {numberColumn}";
}
