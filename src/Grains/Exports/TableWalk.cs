using System.Globalization;
using Marketing.Storage;

namespace Marketing.Exports;

/// <summary>Walks over declared tables, in the order in which rows were made.</summary>
internal static class TableWalk
{
    /// <summary>A page of rows as objects.</summary>
    /// <param name="store">Reads the table.</param>
    /// <param name="project">The project.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="createdAt">By which the table is sorted first of all.</param>
    /// <param name="item">Makes an object of a row.</param>
    public static async Task<ExportPage> WalkAsync<TRow>(
        this ITableStore<TRow> store, int project, string? after, int limit, Func<TRow, DateTimeOffset> createdAt, Func<TRow, ExportItem> item)
        where TRow : class, ITableRow
    {
        var rows = await store.WalkAsync(project, Read(after), limit);
        return new ExportPage([.. rows.Select(item)], rows.Count == limit ? Write(createdAt(rows[^1]), rows[^1].Number) : null);
    }

    /// <summary>A place as it was written.</summary>
    public static TablePlace? Read(string? place) => place?.Split('/') is [var value, var number]
        ? new TablePlace(long.Parse(value, CultureInfo.InvariantCulture), long.Parse(number, CultureInfo.InvariantCulture))
        : null;

    /// <summary>A place as text.</summary>
    public static string Write(DateTimeOffset value, long number) => string.Create(CultureInfo.InvariantCulture, $"{value.ToUnixTimeMilliseconds()}/{number}");
}
