namespace Marketing.Storage.Postgres;

/// <summary>Statements over a table of batches.</summary>
/// <param name="table">Which.</param>
/// <param name="mark">What a commit that takes a message out of a batch has to name.</param>
/// <param name="alsoShorten">What else changes when messages are taken out.</param>
internal sealed class MessageBatchSql(string table, string mark, string alsoShorten)
{
    public static readonly MessageBatchSql Waiting = new("queue", "CAST(b.status AS bigint)", ", customers = NULL");

    public static readonly MessageBatchSql HandedOver = new("hand_offs", "b.epoch", "");

    public string Lock { get; } =
        $"""
        SELECT b.distribution, b.no, b.lane, {mark}, b.messages FROM unnest($1, $2) AS n (distribution, no)
        JOIN {table} b ON b.distribution = n.distribution AND b.no = n.no ORDER BY b.distribution, b.no FOR UPDATE OF b
        """;

    public string Delete { get; } =
        $"DELETE FROM {table} b USING unnest($1, $2) AS n (distribution, no) WHERE b.distribution = n.distribution AND b.no = n.no";

    public string Shorten { get; } =
        $"""
        UPDATE {table} b SET messages = n.messages{alsoShorten}
        FROM (
            SELECT distribution, no, array_agg(message) AS messages FROM unnest($1, $2, $3) AS n (distribution, no, message) GROUP BY distribution, no
        ) n
        WHERE b.distribution = n.distribution AND b.no = n.no
        """;
}
