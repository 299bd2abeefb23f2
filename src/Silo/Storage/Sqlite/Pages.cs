namespace Marketing.Storage.Sqlite;

/// <summary>Pages by number, as lists are asked for, and by cursor.</summary>
internal static class Pages
{
    public const string LimitOffset = " LIMIT ? OFFSET ?";

    public static Page<T> Numbered<T>(
        SqliteStatement rows, int limit, int page, long total, Func<SqliteStatement, T> row, CancellationToken cancellation)
    {
        var skip = (long)limit * (Math.Max(page, 1) - 1);
        var items = rows.Bind(limit).Bind(skip).ReadAll(row, cancellation);
        return new Page<T>(items, total, skip + items.Count < total);
    }

    /// <summary>A page out of rows of which one more than the limit was read.</summary>
    public static Page<T> Cut<T>(List<T> rows, int limit)
    {
        var more = rows.Count > limit;
        if (more)
        {
            rows.RemoveRange(limit, rows.Count - limit);
        }

        return new Page<T>(rows, -1, more);
    }
}
