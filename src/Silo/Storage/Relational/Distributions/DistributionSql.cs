using Marketing.Distributions;

namespace Marketing.Storage.Relational;

/// <summary>Statements over distributions and their figures.</summary>
internal static class DistributionSql
{
    public const string Select =
        """
        SELECT number, project, id, name, type, status, trigger_type, channels, subject, created_at, updated_at, document, revision, state,
            unfinished, work_at FROM distributions
        """;

    // Documents without templates, where there are such: a page of mails is some megabytes otherwise.
    public const string Brief =
        """
        SELECT number, project, id, name, type, status, trigger_type, channels, subject, created_at, updated_at, coalesce(summary, document), revision,
            NULL, unfinished, work_at FROM distributions
        """;

    public const string Find = Select + " WHERE project = ?1 AND id = ?2";

    public const string IdOf = "SELECT id FROM distributions WHERE number = ?1";

    public const string Unfinished =
        """
        SELECT project, id FROM distributions WHERE unfinished <> 0 AND (work_at IS NULL OR work_at <= ?1) AND number % ?2 = ?3 ORDER BY number
        """;

    public const string NameHolder = "SELECT number FROM distributions WHERE project = ?1 AND name = ?2 AND number <> ?3";

    // Whatever it meets, a name, an id or a number: what that means is asked afterwards.
    public const string Insert =
        """
        INSERT INTO distributions (name, type, status, trigger_type, channels, subject, updated_at, document, state, unfinished, work_at,
            number, revision, summary, project, id, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13 + 1, ?14, ?15, ?16, ?17)
        ON CONFLICT DO NOTHING
        """;

    public const string Update =
        """
        UPDATE distributions SET name = ?1, type = ?2, status = ?3, trigger_type = ?4, channels = ?5, subject = ?6, updated_at = ?7, document = ?8,
            state = ?9, unfinished = ?10, work_at = ?11, revision = ?13 + 1, summary = ?14
        WHERE number = ?12 AND revision = ?13
        """;

    public const string Counts = $"SELECT channel, {Sums} FROM message_counts WHERE distribution = ?1 GROUP BY channel ORDER BY channel";

    private const string Sums =
        """
        CAST(sum(audience) AS bigint), CAST(sum(queued) AS bigint), CAST(sum(retrying) AS bigint), CAST(sum(sending) AS bigint),
            CAST(sum(sent) AS bigint), CAST(sum(failed) AS bigint), CAST(sum(skipped) AS bigint), CAST(sum(canceled) AS bigint),
            CAST(sum(recovered) AS bigint), CAST(sum(uncertain) AS bigint)
        """;

    public const string Log =
        "INSERT INTO distribution_log (distribution, no, type, created_at, detail) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";

    // Messages are deleted in chunks, by the queue.
    public static readonly IReadOnlyList<string> Delete =
    [
        "DELETE FROM distributions WHERE number = ?1",
        "DELETE FROM message_counts WHERE distribution = ?1",
        "DELETE FROM message_series WHERE distribution = ?1",
        "DELETE FROM distribution_log WHERE distribution = ?1",
    ];

    public static string CountsOf(SqlDialect dialect) =>
        $"SELECT distribution, {Sums} FROM message_counts WHERE distribution IN (SELECT CAST(n.value AS integer) FROM {dialect.Elements("?1")}) GROUP BY distribution";

    /// <summary>Channels as stored: each between commas, so that one can be found whole.</summary>
    public static string Join(IReadOnlyList<string> channels) => channels.Count == 0 ? string.Empty : $",{string.Join(',', channels)},";

    public static DistributionRow Row(IRow row) => new()
    {
        Number = row.Int(0),
        Project = row.Int(1),
        Id = row.Text(2),
        Name = row.TextOrNull(3),
        Type = row.TextOrNull(4),
        Status = row.Text(5),
        TriggerType = row.TextOrNull(6),
        Channels = row.Text(7).Split(',', StringSplitOptions.RemoveEmptyEntries),
        Subject = row.TextOrNull(8),
        CreatedAt = row.Instant(9),
        UpdatedAt = row.InstantOrNull(10),
        Document = row.Blob(11),
        Revision = row.Number(12),
        State = row.BlobOrNull(13),
        Unfinished = row.Flag(14),
        WorkAt = row.InstantOrNull(15),
    };
}
