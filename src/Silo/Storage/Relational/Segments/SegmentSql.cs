using Marketing.Segments;

namespace Marketing.Storage.Relational;

/// <summary>Statements over segments and memberships.</summary>
internal static class SegmentSql
{
    public const string Select =
        """
        SELECT number, project, id, name, type, created_at, updated_at, baseline, synced, progress, filter, revision, fingerprint, cursor, deleted,
            zones, version, draft_of
        FROM segments
        """;

    public const string All = Select + " WHERE project = ?1 AND deleted = 0 ORDER BY number";

    public const string Find = Select + " WHERE project = ?1 AND id = ?2";

    public const string Unfinished = "SELECT project, id FROM segments WHERE (synced = 0 OR deleted <> 0) AND number % ?1 = ?2 ORDER BY number";

    public const string Insert =
        """
        INSERT INTO segments (name, type, updated_at, baseline, synced, progress, filter, fingerprint, cursor, deleted, zones, number,
            revision, version, draft_of, project, id, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 + 1, ?14, ?15, ?16, ?17, ?18)
        ON CONFLICT DO NOTHING
        """;

    public const string Update =
        """
        UPDATE segments SET name = ?1, type = ?2, updated_at = ?3, baseline = ?4, synced = ?5, progress = ?6, filter = ?7, fingerprint = ?8,
            cursor = ?9, deleted = ?10, zones = ?11, revision = ?13 + 1, version = ?14, draft_of = ?15
        WHERE number = ?12 AND revision = ?13
        """;

    public const string DeleteMembers =
        """
        DELETE FROM memberships WHERE segment = ?1 AND customer IN (
            SELECT customer FROM memberships WHERE segment = ?1 ORDER BY customer LIMIT ?2)
        """;

    public const string CountMembers = "SELECT members FROM segment_counts WHERE segment = ?1";

    public const string IsMember = "SELECT 1 FROM memberships WHERE segment = ?1 AND customer = ?2";

    public static string MembersAmong(SqlDialect dialect) =>
        $"SELECT m.customer FROM {dialect.ForEach("?2", "memberships", "m", "m.segment = ?1 AND m.customer = CAST(n.value AS bigint)")}";

    public const string AddToCounts =
        """
        INSERT INTO segment_counts (segment, members) VALUES (?1, ?2)
        ON CONFLICT (segment) DO UPDATE SET members = segment_counts.members + excluded.members
        """;

    public static string AddMembers(SqlDialect dialect) =>
        $"""
        INSERT INTO memberships (segment, customer, created_at, source_id)
        SELECT ?1, CAST(n.value AS bigint), coalesce((SELECT c.created_at FROM customers c WHERE c.no = CAST(n.value AS bigint)), 0),
            (SELECT c.source_id FROM customers c WHERE c.no = CAST(n.value AS bigint){dialect.HoldingIds})
        FROM {dialect.Elements("?2")} WHERE true ON CONFLICT DO NOTHING
        """;

    public static SegmentRow Row(IRow row)
    {
        var zones = row.TextOrNull(15);
        var read = ZoneEra.Read(zones);
        return Row(row, read, read is null ? zones : null);
    }

    private static SegmentRow Row(IRow row, IReadOnlyList<ZoneEra>? zones, string? unreadZones) => new()
    {
        Number = row.Int(0),
        Project = row.Int(1),
        Id = row.Text(2),
        Name = row.Text(3),
        Type = row.Text(4),
        CreatedAt = row.Instant(5),
        UpdatedAt = row.InstantOrNull(6),
        Baseline = row.Instant(7),
        Synced = row.Flag(8),
        Progress = row.Int(9),
        Filter = row.BlobOrNull(10),
        Revision = row.Number(11),
        Fingerprint = row.TextOrNull(12),
        Cursor = row.NumberOrNull(13),
        Deleted = row.Flag(14),
        Zones = zones,
        UnreadZones = unreadZones,
        Version = row.Number(16),
        DraftOf = row.TextOrNull(17),
    };
}
