namespace Marketing.Storage.Relational;

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

    /// <summary>The clause.</summary>
    public string Clause(SqlDialect dialect, string numberColumn, string prefix = "")
    {
        var column = prefix + Column;

        // What no row lacks has an index that says nothing of it, and an order that does would not be the index's.
        var missing = Column == "created_at" ? string.Empty : dialect.MissingFirst(Descending);
        return Descending ? $" ORDER BY {column} DESC{missing}, {numberColumn} DESC" : $" ORDER BY {column}{missing}, {numberColumn}";
    }
}
