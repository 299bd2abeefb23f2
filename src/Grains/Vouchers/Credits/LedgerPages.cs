using Marketing.Catalogue;
using Marketing.Filters;
using Marketing.Projects;
using Marketing.Vouchers.Exports;

namespace Marketing.Vouchers.Credits;

/// <summary>
/// Pages of changes of balances. Where filters leave few, a page ends after <see cref="FilteredPages.Most"/> that were looked at, with what was found, and says where to go on: so one that goes on to the end has seen all.
/// </summary>
internal static class LedgerPages
{
    // Beyond a page, for those that are not listed.
    private const int Spare = 10;
    private const int AtOnce = 500;

    /// <summary>A page.</summary>
    /// <param name="catalogue">The project's.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="now">What filters call now.</param>
    /// <param name="after">The last change of the page before; null for the first page.</param>
    /// <param name="next">The changes after one, at most so many.</param>
    /// <param name="write">Some changes in the wire format, each at its place; null for one that is not listed.</param>
    /// <param name="idOf">The id of a change on the wire.</param>
    public static async Task<Listed> ReadAsync<TEntry>(
        CatalogueSnapshot catalogue, LedgerQuery query, DateTimeOffset now, TEntry? after, Func<TEntry?, int, Task<Page<TEntry>>> next, Func<IReadOnlyList<TEntry>, Task<IReadOnlyList<RawJson?>>> write,
        Func<TEntry, string> idOf)
        where TEntry : class
    {
        var (filter, problems) = query.Filters is { } given ? ListFilter.Parse(given, TransactionsExport.Subject, catalogue.Section<ProjectSection>().Calendar) : (null, []);
        if (query.StartingAfter is not null && after is null)
        {
            problems = [.. problems, new FieldProblem("starting_after_id", "is none of this list")];
        }

        if (problems.Count > 0)
        {
            return Listed.Refused(problems);
        }

        return await ReadAsync(query.Limit, filter is null ? null : entry => filter.Meets(entry.Utf8.Span, now), after, next, write, idOf);
    }

    /// <summary>A page of those that are met by a filter; null where all are.</summary>
    public static async Task<Listed> ReadAsync<TEntry>(
        int limit, Predicate<RawJson>? filter, TEntry? after, Func<TEntry?, int, Task<Page<TEntry>>> next, Func<IReadOnlyList<TEntry>, Task<IReadOnlyList<RawJson?>>> write, Func<TEntry, string> idOf)
        where TEntry : class
    {
        var (items, looked, last, shown) = (new List<RawJson>(), 0, after, after);
        while (looked < FilteredPages.Most)
        {
            var page = await next(last, Math.Min(filter is null ? limit + Spare : AtOnce, FilteredPages.Most - looked));
            var written = await write(page.Items);
            for (var at = 0; at < written.Count; at++)
            {
                (last, looked) = (page.Items[at], looked + 1);
                if (written[at] is not { } entry || filter?.Invoke(entry) is false)
                {
                    continue;
                }

                if (items.Count == limit)
                {
                    return Of(shown);
                }

                items.Add(entry);
                shown = last;
            }

            if (!page.HasMore)
            {
                return Of(null);
            }
        }

        return Of(last);

        Listed Of(TEntry? goOn) => Listed.Of(new Page<RawJson>(items, -1, goOn is not null)) with { MoreAfter = goOn is null ? null : idOf(goOn) };
    }
}
