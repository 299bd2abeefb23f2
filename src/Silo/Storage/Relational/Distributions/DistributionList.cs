using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>Lists of distributions, by page or from one of them on.</summary>
internal static class DistributionList
{
    /// <param name="session">Where to read.</param>
    /// <param name="project">Whose.</param>
    /// <param name="query">Which.</param>
    /// <param name="select">How much of each.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async ValueTask<Page<DistributionRow>> ReadAsync(
        ISqlSession session, int project, DistributionListQuery query, string select, CancellationToken cancellation)
    {
        var dialect = session.Dialect;
        var order = ListOrder.Parse(query.Order, "created_at", "updated_at", "name");
        var total = await session.NumberAsync(Filter(dialect, project, query).Query("SELECT count(*) FROM distributions")) ?? 0;
        if (query.StartingAfterId is null)
        {
            var rows = Filter(dialect, project, query).Query(select, order.Clause(dialect, "number") + Pages.LimitOffset);
            return await Pages.NumberedAsync(session, rows, query.Limit, query.Page, total, DistributionSql.Row, cancellation);
        }

        var found = new List<DistributionRow>();
        foreach (var part in await PartsAsync(session, project, query, order))
        {
            if (found.Count <= query.Limit)
            {
                var rows = part.Query(select, order.Clause(dialect, "number") + " LIMIT ?").Bind(query.Limit + 1 - found.Count);
                found.AddRange(await session.AllAsync(rows, DistributionSql.Row, cancellation));
            }
        }

        return Pages.Cut(found, query.Limit) with { Total = total };
    }

    // Those with a value and those without stand apart in the order, so each is a walk over the index from one place on.
    private static async ValueTask<IReadOnlyList<SqlFilter>> PartsAsync(ISqlSession session, int project, DistributionListQuery query, ListOrder order)
    {
        var dialect = session.Dialect;
        var position = await session.FirstAsync(
            new SqlQuery("SELECT number, created_at, updated_at, name FROM distributions WHERE project = ?1 AND id = ?2").Bind(project).Bind(query.StartingAfterId),
            static row => new Position(row.Number(0), row.Number(1), row.NumberOrNull(2), row.TextOrNull(3)));
        if (position is null)
        {
            return [];
        }

        var past = order.Descending ? "<" : ">";
        var with = Filter(dialect, project, query).And($"{order.Column} IS NOT NULL");
        var without = Filter(dialect, project, query).And($"{order.Column} IS NULL");
        var pair = $"({order.Column}, number) {past} (?, ?)";
        var hasValue = true;
        switch (order.Column)
        {
            case "created_at":
                return [with.And(pair, [position.CreatedAt, position.Number])];
            case "updated_at" when position.UpdatedAt is { } updated:
                with.And(pair, [updated, position.Number]);
                break;
            case "name" when position.Name is { } name:
                with.And(pair, name, position.Number);
                break;
            default:
                without.And($"number {past} ?", position.Number);
                hasValue = false;
                break;
        }

        // Missing values are first going up and last going down.
        return (hasValue, order.Descending) switch
        {
            (true, true) => [with, without],
            (true, false) => [with],
            (false, true) => [without],
            (false, false) => [without, with],
        };
    }

    private static SqlFilter Filter(SqlDialect dialect, int project, DistributionListQuery query)
    {
        var filter = new SqlFilter(dialect)
            .And("project = ?", project)
            .And("status <> ?", DistributionRowMapping.Deleted)
            .AndIf("status = ?", query.Status)
            .AndIf("type = ?", query.Type)
            .AndIf("trigger_type = ?", query.Trigger)
            .AndIf($"{dialect.Position}(channels, ?) > 0", query.Channel is null ? null : $",{query.Channel},")
            .AndWithin("created_at", query.CreatedAt)
            .AndIf(
                $@"(coalesce(name, '') || {dialect.LineBreak} || coalesce(subject, '')) {dialect.Like} ? ESCAPE '\'",
                query.Text is null ? null : SqlFilter.Containing(query.Text));
        return query.Triggers is { } triggers ? filter.AndOneOf("trigger_type", triggers) : filter;
    }

    private sealed record Position(long Number, long CreatedAt, long? UpdatedAt, string? Name);
}
