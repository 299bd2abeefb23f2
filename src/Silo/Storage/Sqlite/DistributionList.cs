using Marketing.Distributions;

namespace Marketing.Storage.Sqlite;

/// <summary>Lists of distributions.</summary>
internal static class DistributionList
{
    public static Page<DistributionRow> Read(SqliteSession session, int project, DistributionListQuery query, CancellationToken cancellation)
    {
        var filter = new SqlFilter()
            .And("project = ?", project)
            .AndIf("status = ?", query.Status)
            .AndIf("type = ?", query.Type)
            .AndIf("trigger_type = ?", query.Trigger)
            .AndIf(@"channels LIKE ? ESCAPE '\'", query.Channel is null ? null : SqlFilter.Containing($",{query.Channel},"))
            .AndWithin("created_at", query.CreatedAt)
            .AndIf(
                @"(coalesce(name, '') || char(10) || coalesce(subject, '')) LIKE ? ESCAPE '\'",
                query.Text is null ? null : SqlFilter.Containing(query.Text));
        var total = filter.Prepare(session, "SELECT count(*) FROM distributions").ReadNumber() ?? 0;
        var order = ListOrder.Parse(query.Order, "created_at", "updated_at", "name");
        var rows = filter.Prepare(session, DistributionSql.Select, order.Clause("number") + Pages.LimitOffset);
        return Pages.Numbered(rows, query.Limit, query.Page, total, DistributionSql.Row, cancellation);
    }
}
