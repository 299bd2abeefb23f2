namespace Marketing.Storage.Relational;

/// <summary>Pages by number, as lists are asked for, and by cursor.</summary>
internal static class Pages
{
    public const string LimitOffset = " LIMIT ? OFFSET ?";

    /// <summary>How far is counted where nobody keeps count: about as far as pages go.</summary>
    public const long Counted = 10_000;

    public static async ValueTask<Page<T>> NumberedAsync<T>(
        ISqlSession session, SqlQuery rows, int limit, int page, long total, Func<IRow, T> row, CancellationToken cancellation)
    {
        var skip = (long)limit * (Math.Max(page, 1) - 1);
        var items = await session.AllAsync(rows.Bind(limit).Bind(skip), row, cancellation);
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
