using System.Diagnostics;
using System.Text.Json;
using Marketing.Customers;

namespace Marketing.Storage.Relational;

/// <summary>
/// Lists of customers. How many each filter leaves is counted first, over its index and not far: where it is few, those are sorted; where all of them
/// leave many, the customers of the page are met soon by going through an index in the order asked for. No planner and no statistics are asked.
/// </summary>
internal static class CustomerList
{
    // As many as are sorted for a page; more where the alternative is to go through very many: for a far page, or for what several filters leave together.
    private const int Few = 10_000;
    private const int FewForFar = 50_000;
    private const int FewRowsForFar = 20_000;
    private const int Far = 1_000;

    // A segment is large that has one of so many customers.
    private const int LargeSegment = 4;

    // As far as the order is looked through for those that the filters let pass, before all that they leave are sorted.
    private const int Look = 20_000;
    private const int LookForFar = 40_000;

    public static async ValueTask<Page<CustomerRow>> ReadAsync(
        ISqlSession session, int project, CustomerListQuery query, int? segment, CancellationToken cancellation)
    {
        var search = new CustomerSearch(session, project, query, segment);
        var skip = (long)query.Limit * (Math.Max(query.Page, 1) - 1);
        var few = skip > Far || IsOfSeveral(search.Given) ? session.Dialect.ReadsIndexesAlone ? FewForFar : FewRowsForFar : Few;
        var (path, found) = await BestAsync(search, few);
        cancellation.ThrowIfCancellationRequested();
        var byCreation = found <= few ? [] : await ByCreationAsync(search);
        var (total, isMinimum) = await TotalAsync(search, found <= few ? path : byCreation.FirstOrDefault(), path, found);
        cancellation.ThrowIfCancellationRequested();

        var ways = found <= few ? [OverFew(search, path!, found, few)] : OverMany(search, byCreation, skip);
        var (way, places) = await PlacesAsync(search, ways, query.Limit + 1, skip, cancellation);
        var hasMore = places.Count > query.Limit;
        if (hasMore)
        {
            places.RemoveAt(query.Limit);
            if (query is { StartingAfter: not null, Page: <= 1 } && search.Order.Column != "source_id")
            {
                // The next page begins after the last instant of this one, so all who share it belong here.
                var last = places[^1];
                places.AddRange(await search.ReadSameAsync(way, last, cancellation));
                hasMore = await search.HasAfterAsync(way, last, cancellation);
            }
        }

        return new Page<CustomerRow>(await RowsAsync(session, places, cancellation), total, hasMore) { TotalIsMinimum = isMinimum };
    }

    private static bool IsOfSeveral(CustomerFilters given) =>
        given != CustomerFilters.None && !CustomerPath.Choosing.Any(path => path.IsFor(given) && (given & ~path.Holds) == 0);

    // The filter that leaves the fewest, and how many; no more than are few, or than another one leaves, are counted.
    private static async ValueTask<(CustomerPath? Path, long Found)> BestAsync(CustomerSearch search, int few)
    {
        (CustomerPath? Path, long Found) best = (null, long.MaxValue);
        foreach (var path in CustomerPath.Choosing.Where(path => path.IsFor(search.Given)))
        {
            var holds = search.Given & path.Holds;
            var found = holds == CustomerFilters.Segment ? await search.CountMembersAsync() : await search.CountAsync(path, holds, Math.Min(few + 1L, best.Found));
            best = found < best.Found ? (path, found) : best;
        }

        return best;
    }

    // The first way that fills the page, or the last.
    private static async ValueTask<(CustomerWay Way, List<CustomerPlace> Places)> PlacesAsync(
        CustomerSearch search, IReadOnlyList<CustomerWay> ways, long limit, long skip, CancellationToken cancellation)
    {
        foreach (var way in ways)
        {
            var places = await search.ReadAsync(way, limit, skip, cancellation);
            if (way.Kind != CustomerWayKind.Look)
            {
                return (way, places);
            }

            if (places.Count == limit)
            {
                return (CustomerWay.InOrder(way.Path), places);
            }

            cancellation.ThrowIfCancellationRequested();
        }

        throw new UnreachableException();
    }

    // A few more than were counted a moment ago, so that who comes in between pushes nobody out.
    private static CustomerWay OverFew(CustomerSearch search, CustomerPath path, long found, long few) =>
        path.Order == search.Order.Column ? CustomerWay.InOrder(path)
        : path.IsOfMembers && OfMembers(search) is { } ordered && (found > Few || ordered.Path.Order is not null) ? ordered
        : CustomerWay.Sorted(path, few + Far);

    // Those of many that are found in order of creation, the best first. Who is in a segment has more to do with when somebody came than who lives where; but where many
    // are members, whether somebody is one is soon told of those who live there.
    private static async ValueTask<List<CustomerPath>> ByCreationAsync(CustomerSearch search)
    {
        List<CustomerPath> chosen = [.. CustomerPath.ByCreation.Where(path => path.IsFor(search.Given))];
        if (chosen is [{ IsOfMembers: true }, _, ..] && await search.CountMembersAsync() * LargeSegment >= await search.CountCustomersAsync())
        {
            chosen.Add(chosen[0]);
            chosen.RemoveAt(0);
        }

        return chosen;
    }

    private static IReadOnlyList<CustomerWay> OverMany(CustomerSearch search, List<CustomerPath> chosen, long skip)
    {
        var column = search.Order.Column;
        var ordered = CustomerPath.InOrderOf(column);
        var look = skip > Far ? LookForFar : Look;
        if (column == "created_at" && chosen.Count > 0)
        {
            return [CustomerWay.InOrder(chosen[0])];
        }

        if (OfMembers(search) is { } members)
        {
            return members.Path.Order is null ? [CustomerWay.Look(ordered, look), members] : [members];
        }

        // An index that has both instants is read to its end sooner than the rows that another one leads to.
        var sorted = column switch
        {
            "updated_at" when !search.Given.HasFlag(CustomerFilters.Updated) => chosen.FirstOrDefault(path => !path.IsOfMembers),
            "created_at" when search.Given.HasFlag(CustomerFilters.Updated) => CustomerPath.Updated,
            _ => null,
        };
        return sorted is null ? [CustomerWay.InOrder(ordered)] : [CustomerWay.Look(ordered, look), CustomerWay.Sorted(sorted)];
    }

    // Where memberships have the order, or have it as far as nobody was changed.
    private static CustomerWay? OfMembers(CustomerSearch search) => (search.Order.Column, search.Given.HasFlag(CustomerFilters.Segment), search.Given.HasFlag(CustomerFilters.Updated)) switch
    {
        ("source_id", true, _) => CustomerWay.InOrder(CustomerPath.MembersBySource),
        ("updated_at", true, false) => CustomerWay.InParts(CustomerPath.MembersByNumber, Look),
        _ => null,
    };

    // Kept for a project and a segment. By anything else they are counted only as far as pages go.
    private static async ValueTask<(long Total, bool IsMinimum)> TotalAsync(CustomerSearch search, CustomerPath? over, CustomerPath? path, long found)
    {
        switch (search.Given)
        {
            case CustomerFilters.None:
                return (await search.CountCustomersAsync(), false);
            case CustomerFilters.Segment:
                return (found, false);
            default:
                var isCounted = (search.Given & ~path!.Holds) == 0;
                var counted = isCounted ? found : await search.CountAsync(
                    over ?? CustomerPath.Choosing.First(candidate => candidate.IsFor(search.Given)), search.Given, Pages.Counted + 1);
                return (Math.Min(counted, Pages.Counted), counted > Pages.Counted);
        }
    }

    private static async ValueTask<List<CustomerRow>> RowsAsync(ISqlSession session, List<CustomerPlace> places, CancellationToken cancellation)
    {
        if (places.Count == 0)
        {
            return [];
        }

        var sql = $"SELECT {CustomerSql.Columns} FROM {session.Dialect.ForEach("?", "customers", "c", "c.no = CAST(n.value AS bigint)")}";
        var numbers = JsonSerializer.Serialize(places.Select(place => place.Number));
        var rows = (await session.AllAsync(new SqlQuery(sql).Bind(numbers).OverIndexes(), CustomerSql.Row, cancellation)).ToDictionary(row => row.Number);

        // Customers that were deleted in between are missing.
        return [.. places.Where(place => rows.ContainsKey(place.Number)).Select(place => rows[place.Number])];
    }
}
