using Marketing.Segments;

namespace Marketing.Storage.Relational;

/// <summary>Lists of segments with their counts.</summary>
internal static class SegmentList
{
    private const string Select =
        """
        SELECT s.id, s.name, s.type, s.filter, s.synced, s.progress, coalesce(n.members, 0), s.created_at, s.updated_at, s.zones,
            s.version, s.draft_of
        FROM segments s LEFT JOIN segment_counts n ON n.segment = s.number
        """;

    public static async ValueTask<Page<Segment>> ReadAsync(
        ISqlSession session, int project, int limit, int page, bool ascending, TimeRange? createdAt, IReadOnlyList<string>? ids,
        string? draftOf, CancellationToken cancellation)
    {
        var filter = new SqlFilter(session.Dialect).And("s.project = ?", project).And("s.deleted = 0").AndWithin("s.created_at", createdAt);
        if (ids is not null)
        {
            filter.AndOneOf("s.id", ids);
        }

        // Whoever asks by id knows of it.
        if (draftOf is not null)
        {
            filter.And("s.draft_of = ?", draftOf);
        }
        else if (ids is null)
        {
            filter.And("s.draft_of IS NULL");
        }

        var total = await session.NumberAsync(filter.Query("SELECT count(*) FROM segments s")) ?? 0;
        var rows = filter.Query(Select, new ListOrder("created_at", !ascending).Clause(session.Dialect, "s.number", "s.") + Pages.LimitOffset);
        return await Pages.NumberedAsync(session, rows, limit, page, total, Row, cancellation);
    }

    private static Segment Row(IRow row)
    {
        var (filter, zones) = (row.BlobOrNull(3), row.TextOrNull(9));
        return Row(row, filter, filter is null ? null : UnreadFilter.WhyNot(filter, ZoneEra.Read(zones) is null ? zones : null));
    }

    private static Segment Row(IRow row, byte[]? filter, string? whyUnread) => new()
    {
        Id = row.Text(0),
        Name = row.Text(1),
        Type = row.Text(2),
        Filter = filter is null ? null : whyUnread is null ? new RawJson(filter) : UnreadFilter.Shown(filter),
        InitialSyncStatus = row.Flag(4) ? "DONE" : "IN_PROGRESS",
        Progress = row.Int(5),
        Count = row.Number(6),
        CreatedAt = row.Instant(7),
        UpdatedAt = row.InstantOrNull(8),
        Status = whyUnread is null ? null : SegmentStatuses.Unreadable,
        StatusReason = whyUnread,
        Version = row.Number(10),
        DraftOf = row.TextOrNull(11),
    };
}
