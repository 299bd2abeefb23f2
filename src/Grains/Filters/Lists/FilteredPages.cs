using Marketing.Storage;

namespace Marketing.Filters;

/// <summary>
/// Pages of lists of which not every row is shown: rows are looked at in their order, a certain number and no more, so that what a page costs does not depend on how many there are.
/// </summary>
internal static class FilteredPages
{
    /// <summary>How many rows are looked at for a page.</summary>
    public const int Most = 2_000;

    // Enough for most pages; after that fewer round trips.
    private const int AtFirst = 100;
    private const int AtOnce = 500;

    /// <summary>A page of those that pass; null where the first <see cref="Most"/> rows do not fill it. Where nobody knows whether there are more, it says so.</summary>
    /// <param name="store">Reads the rows.</param>
    /// <param name="project">The project.</param>
    /// <param name="query">Which rows, by the first of the table's orders.</param>
    /// <param name="passing">Of some rows those that are shown, in their order.</param>
    /// <param name="cancellation">Whether the page is still wanted.</param>
    public static Task<Page<TRow>?> FilteredAsync<TRow>(
        this ITableStore<TRow> store, int project, TableQuery query, Func<IReadOnlyList<TRow>, Task<IEnumerable<TRow>>> passing, CancellationToken cancellation)
        where TRow : class, ITableRow =>
        FilteredAsync((after, limit) => store.AfterAsync(project, query with { Limit = limit }, after, cancellation), query.Limit, query.Page, passing);

    /// <summary>The same of rows that are read otherwise.</summary>
    /// <param name="next">The rows after one, at most so many.</param>
    /// <param name="limit">How many a page has.</param>
    /// <param name="page">From 1.</param>
    /// <param name="passing">Of some rows those that are shown, in their order.</param>
    public static async Task<Page<TRow>?> FilteredAsync<TRow>(
        Func<TRow?, int, Task<IReadOnlyList<TRow>>> next, int limit, int page, Func<IReadOnlyList<TRow>, Task<IEnumerable<TRow>>> passing)
        where TRow : class
    {
        var skipped = (long)limit * (Math.Max(page, 1) - 1);
        var (shown, met, looked) = (new List<TRow>(), 0L, 0);
        TRow? last = null;
        while (looked < Most)
        {
            var wanted = Math.Min(looked == 0 ? AtFirst : AtOnce, Most - looked);
            var rows = await next(last, wanted);
            foreach (var row in await passing(rows))
            {
                if (met++ < skipped)
                {
                    continue;
                }

                if (shown.Count == limit)
                {
                    return new Page<TRow>(shown, met, HasMore: true) { TotalIsMinimum = true };
                }

                shown.Add(row);
            }

            if (rows.Count < wanted)
            {
                return new Page<TRow>(shown, met, HasMore: false);
            }

            (last, looked) = (rows[^1], looked + rows.Count);
        }

        return (await next(last, 1)).Count == 0 ? new Page<TRow>(shown, met, HasMore: false)
            : shown.Count == limit ? new Page<TRow>(shown, met, HasMore: true) { TotalIsMinimum = true }
            : null;
    }

    /// <summary>What is said where filters of a list that is read as a whole would have to be asked of more than <see cref="Most"/>.</summary>
    /// <param name="what">What is listed.</param>
    public static FieldProblem TooMany(string what) => new("filters", FormattableString.Invariant($"are asked of at most {Most} {what}, and here are more"));

    /// <summary>What is said where a page is not looked for further.</summary>
    /// <param name="parameter">Which parameter leaves so few.</param>
    /// <param name="narrower">What makes the list shorter.</param>
    public static FieldProblem TooFew(string parameter, string narrower) =>
        new(parameter, FormattableString.Invariant($"leaves too few of the first {Most} of the list to fill the page, and no more are looked at; {narrower}, or make an export, which goes through all"));
}
