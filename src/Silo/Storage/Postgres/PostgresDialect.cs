using Marketing.Storage.Relational;

namespace Marketing.Storage.Postgres;

internal sealed class PostgresDialect : SqlDialect
{
    public static readonly PostgresDialect Instance = new();

    public override string Like => "ILIKE";

    public override string LineBreak => "chr(10)";

    public override string Elements(string parameter) => $"jsonb_array_elements_text(CAST({parameter} AS jsonb)) AS n(value)";

    // It has statistics to choose by.
    public override string Over(string index) => string.Empty;

    public override string NotOverIndexOf(string column) => column;

    public override string MissingFirst(bool descending) => descending ? " NULLS LAST" : " NULLS FIRST";

    public override string MessageStatus =>
        """
        CASE WHEN m.status <= 1 AND EXISTS (
            SELECT 1 FROM hand_offs h WHERE h.distribution = m.distribution AND h.lane = m.lane AND m.no = ANY (h.messages)) THEN 2 ELSE m.status END
        """;

    public override string IsSending(int distribution) => $"m.no IN (SELECT unnest(h.messages) FROM hand_offs h WHERE h.distribution = {distribution})";

    public override string IsException => "m.exception = ?";

    // Outcome by outcome, whatever the planner thinks of reading all messages instead: the offset keeps it from beginning with them, the sum
    // from taking their time for a way to find them.
    public override FinishedMessages Finished { get; } = new(
        """
        outcomes o CROSS JOIN LATERAL (
            SELECT m.* FROM unnest(o.messages) AS e (no) JOIN messages m ON m.distribution = o.distribution AND m.no = e.no
            WHERE m.finished_at + 0 = o.finished_at OFFSET 0) m
        """,
        "o.distribution", "o.finished_at", "m.no", "true", "o.kind", "o.kind IN (3, 7)");

    // Sums of 64-bit numbers are decimals otherwise.
    public override string Sum(string column) => $"CAST(sum({column}) AS bigint)";
}
