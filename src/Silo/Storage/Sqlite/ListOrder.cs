namespace Marketing.Storage.Sqlite;

/// <summary>How a list is sorted: one of a few columns, and the number as the tie-break in the same direction, as the indexes are.</summary>
internal readonly record struct ListOrder(string Column, bool Descending)
{
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

    public string Clause(string numberColumn, string prefix = "") =>
        Descending
            ? $" ORDER BY {prefix}{Column} DESC, {numberColumn} DESC"
            : $" ORDER BY {prefix}{Column}, {numberColumn}";
}
