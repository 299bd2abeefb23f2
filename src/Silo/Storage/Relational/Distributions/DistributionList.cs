using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>Lists of distributions.</summary>
internal static class DistributionList
{
    public static async ValueTask<Page<DistributionRow>> ReadAsync(ISqlSession session, int project, DistributionListQuery query, CancellationToken cancellation)
    {
        var dialect = session.Dialect;
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
        var total = await session.NumberAsync(filter.Query("SELECT count(*) FROM distributions")) ?? 0;
        var order = ListOrder.Parse(query.Order, "created_at", "updated_at", "name");
        var rows = filter.Query(DistributionSql.Select, order.Clause(dialect, "number") + Pages.LimitOffset);
        return await Pages.NumberedAsync(session, rows, query.Limit, query.Page, total, DistributionSql.Row, cancellation);
    }
}
