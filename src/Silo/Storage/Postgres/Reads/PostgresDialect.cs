using Marketing.Storage.Relational;

namespace Marketing.Storage.Postgres;

internal sealed class PostgresDialect : SqlDialect
{
    public static readonly PostgresDialect Instance = new();

    private const string FirstUnused = "CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS text) AS bigint)";

    public override string Like => "ILIKE";

    public override string RowCountKey => "project, name, shard";

    // As schema 040 says. An entry of an index has at most 2,704 bytes.
    public override int? LongestIndexed => 300;

    public override string LineBreak => "chr(10)";

    public override string Elements(string parameter) => $"jsonb_array_elements_text(CAST({parameter} AS jsonb)) AS n(value)";

    // The offset keeps the planner from joining the other way round.
    public override string ForEach(string parameter, string table, string alias, string condition) =>
        $"{Elements(parameter)} CROSS JOIN LATERAL (SELECT * FROM {table} {alias} WHERE {condition} OFFSET 0) {alias}";

    // It has statistics to choose by.
    public override string Over(string index) => string.Empty;

    public override string NotOverIndexOf(string column) => column;

    public override string HoldingIds => " FOR KEY SHARE";

    public override bool ReadsIndexesAlone => false;

    public override bool KeepsMissingInOrder => false;

    public override string Position => "strpos";

    public override string IsOdd(string address) =>
        $"""
        ({address} !~ '^[a-z0-9_+][a-z0-9_+-]*([.][a-z0-9_+-]+)*@[a-z0-9]+([.-][a-z0-9]+)*$' OR length({address}) > 254 OR strpos({address}, '@') > 65)
        """;

    public override string NumberOfOdd => "(c.no + 0)";

    public override string MissingFirst(bool descending) => descending ? " NULLS LAST" : " NULLS FIRST";

    public override string MessageStatus =>
        """
        CASE WHEN m.status <= 1 AND EXISTS (
            SELECT 1 FROM hand_offs h WHERE h.distribution = m.distribution AND h.lane = m.lane AND m.no = ANY (h.messages)) THEN 2 ELSE m.status END
        """;

    public override string IsSending(int distribution) => $"m.no IN (SELECT unnest(h.messages) FROM hand_offs h WHERE h.distribution = {distribution})";

    public override string IsWaiting(int distribution) => $"m.no IN (SELECT unnest(q.messages) FROM queue q WHERE q.distribution = {distribution})";

    public override FinishedMessages? Unsent => null;

    public override string IsException => "m.exception = ?";

    // Outcome by outcome, whatever the planner thinks of reading all messages instead: the offset keeps it from beginning with them, the sum
    // from taking their time for a way to find them.
    public override FinishedMessages Finished { get; } = new(
        """
        outcomes o CROSS JOIN LATERAL (
            SELECT m.* FROM unnest(o.messages) AS e (no) JOIN messages m ON m.distribution = o.distribution AND m.no = e.no
            WHERE m.finished_at + 0 = o.finished_at OFFSET 0) m
        """,
        "o.distribution", "o.finished_at", "m.no", "true", "o.kind", "o.kind IN (3, 7)", "o.recorded");

    public override FinishedMessages Recorded => Finished;

    // All three as of one snapshot: whatever it sees has an earlier position than the second.
    public override string Settled =>
        """
        SELECT CAST(CAST(pg_snapshot_xmin(s.now) AS text) AS bigint), CAST(CAST(pg_snapshot_xmax(s.now) AS text) AS bigint),
            greatest(
                (SELECT max(o.recorded) FROM outcomes o WHERE o.distribution = ?1), (SELECT max(l.recorded) FROM distribution_log l WHERE l.distribution = ?1))
        FROM pg_current_snapshot() AS s (now)
        """;

    public override IReadOnlyList<string> PlaceBefore { get; } =
    [
        $"UPDATE outcomes SET recorded = finished_at - 1000000000000000 WHERE distribution = ?1 AND recorded >= {FirstUnused}",
        $"UPDATE distribution_log SET recorded = created_at - 1000000000000000 WHERE distribution = ?1 AND recorded >= {FirstUnused}",
    ];

    public override bool HasArrivals => true;

    public override string Microseconds => "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS bigint)";

    // Sums of 64-bit numbers are decimals otherwise.
    public override string Sum(string column) => $"CAST(sum({column}) AS bigint)";
}
