using Npgsql;

namespace Marketing.Testing;

/// <summary>The accounts of a database: what adds up at any moment.</summary>
public sealed class Balance(NpgsqlDataSource database)
{
    /// <summary>Whether the states add up to the audience, the figures are what the rows say, and what is owed is in the queue once, each at one instant.</summary>
    /// <returns>What does not add up.</returns>
    public async Task<List<string>> ImbalancesAsync() => [.. await MiscountsAsync(), .. await MisplacedAsync(), .. await UnlistedAsync(), .. await MisdescribedAsync(), .. await MiscountedCustomersAsync()];

    // A message that is neither waiting nor being handed over is never sent, one that is there twice may be sent twice.
    private Task<List<string>> MisplacedAsync() => WrongAsync(
        """
        WITH placed AS (
            SELECT distribution, no, count(*) AS places FROM (
                SELECT distribution, unnest(messages) AS no FROM queue UNION ALL SELECT distribution, unnest(messages) FROM hand_offs) p
            GROUP BY distribution, no
        )
        SELECT coalesce(m.distribution, p.distribution), coalesce(m.no, p.no), m.status, coalesce(p.places, 0)
        FROM (SELECT distribution, no, status FROM messages WHERE status <= 1) m FULL JOIN placed p ON p.distribution = m.distribution AND p.no = m.no
        WHERE m.no IS NULL OR p.places IS NULL OR p.places > 1 LIMIT 20
        """,
        static reader => $"distribution {reader.GetInt32(0)} message {reader.GetInt64(1)}: {(reader.IsDBNull(2) ? "finished" : "open")}, in {reader.GetInt64(3)} batches");

    // A message that no run of numbers names is in no list, one that no outcome names is in no activity.
    private Task<List<string>> UnlistedAsync() => WrongAsync(
        """
        SELECT m.distribution, m.no FROM messages m
        WHERE NOT EXISTS (SELECT 1 FROM arrivals a WHERE a.distribution = m.distribution AND a.created_at = m.created_at AND m.no BETWEEN a.first AND a.last)
            OR (m.finished_at IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM outcomes o WHERE o.distribution = m.distribution AND o.finished_at = m.finished_at AND m.no = ANY (o.messages)))
        LIMIT 20
        """,
        static reader => $"distribution {reader.GetInt32(0)} message {reader.GetInt64(1)}: in no list");

    // What a batch says of its messages is what their rows say.
    private Task<List<string>> MisdescribedAsync() => WrongAsync(
        """
        SELECT q.distribution, e.no FROM queue q CROSS JOIN LATERAL unnest(q.messages, q.customers) AS e (no, customer)
        LEFT JOIN messages m ON m.distribution = q.distribution AND m.no = e.no
        WHERE q.customers IS NOT NULL AND (m.customer IS DISTINCT FROM e.customer OR m.channel <> q.channel OR m.occurrence <> q.occurrence
            OR m.created_at <> q.created_at OR m.attempts > 0 OR m.failed_at IS NOT NULL) LIMIT 20
        """,
        static reader => $"distribution {reader.GetInt32(0)} message {reader.GetInt64(1)}: not what its batch says");

    private Task<List<string>> MiscountedCustomersAsync() => WrongAsync(
        """
        SELECT coalesce(n.project, r.project), n.customers, r.customers
        FROM (SELECT project, CAST(sum(customers) AS bigint) AS customers FROM customer_counts GROUP BY project HAVING sum(customers) <> 0) n
        FULL JOIN (SELECT project, count(*) AS customers FROM customers GROUP BY project) r ON r.project = n.project
        WHERE n.customers IS DISTINCT FROM r.customers
        """,
        static reader => $"project {reader.GetInt32(0)}: {reader[1]} customers counted, there are {reader[2]}");

    private Task<List<string>> MiscountsAsync() => WrongAsync(
        """
        SELECT coalesce(c.distribution, r.distribution), coalesce(c.channel, r.channel),
            ARRAY[c.audience, c.queued, c.retrying, c.sending, c.sent, c.failed, c.skipped, c.canceled, c.uncertain],
            ARRAY[r.audience, r.queued, r.retrying, r.sending, r.sent, r.failed, r.skipped, r.canceled, r.uncertain]
        FROM (
            SELECT distribution, channel, CAST(sum(audience) AS bigint) AS audience, CAST(sum(queued) AS bigint) AS queued, CAST(sum(retrying) AS bigint) AS retrying, CAST(sum(sending) AS bigint) AS sending, CAST(sum(sent) AS bigint) AS sent,
                CAST(sum(failed) AS bigint) AS failed, CAST(sum(skipped) AS bigint) AS skipped, CAST(sum(canceled) AS bigint) AS canceled, CAST(sum(uncertain) AS bigint) AS uncertain
            FROM message_counts GROUP BY distribution, channel
        ) c FULL JOIN (
            SELECT distribution, channel, count(*) AS audience, count(*) FILTER (WHERE status = 0) AS queued, count(*) FILTER (WHERE status = 1) AS retrying,
                count(*) FILTER (WHERE status = 2) AS sending, count(*) FILTER (WHERE status = 3) AS sent, count(*) FILTER (WHERE status = 4) AS failed,
                count(*) FILTER (WHERE status = 5) AS skipped, count(*) FILTER (WHERE status = 6) AS canceled, count(*) FILTER (WHERE uncertain = 1) AS uncertain
            FROM (
                SELECT m.distribution, m.channel, m.uncertain, CASE WHEN m.status <= 1 AND EXISTS (
                    SELECT 1 FROM hand_offs h WHERE h.distribution = m.distribution AND h.lane = m.lane AND m.no = ANY (h.messages)) THEN 2 ELSE m.status END AS status
                FROM messages m
            ) s GROUP BY distribution, channel
        ) r ON r.distribution = c.distribution AND r.channel = c.channel
        """,
        static reader =>
        {
            var counted = reader.GetFieldValue<long?[]>(2);
            var real = reader.GetFieldValue<long?[]>(3).Select(value => value ?? 0).ToArray();
            return !counted.Select(value => value ?? 0).SequenceEqual(real) || counted[0] != counted[1..8].Sum()
                ? $"distribution {reader.GetInt32(0)} {reader.GetString(1)}: counted {string.Join(' ', counted)}, rows {string.Join(' ', real)}"
                : null;
        });

    // What is wrong with each row, if anything is.
    private async Task<List<string>> WrongAsync(string sql, Func<NpgsqlDataReader, string?> describe)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> wrong = [];
        while (await reader.ReadAsync())
        {
            if (describe(reader) is { } problem)
            {
                wrong.Add(problem);
            }
        }

        return wrong;
    }
}
