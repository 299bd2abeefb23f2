using Npgsql;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>Makes an audience into message rows, with their counters in the same transaction.</summary>
internal static class PostgresSnapshot
{
    /// <summary>Two parts of the given size at a time, each a transaction: one is inserted while the other is committed.</summary>
    public static async Task<long?> NextAsync(PostgresDatabase database, INumbers numbers, AudienceChunk chunk)
    {
        var middle = await database.RowsAsync(
            Sql.Middle, static row => row.Number(0), Int(chunk.Segment), Long(chunk.AfterCustomer), Int(chunk.Limit - 1));
        var parts = middle is [var from]
            ? await Task.WhenAll(InsertAsync(database, numbers, chunk), InsertAsync(database, numbers, chunk with { AfterCustomer = from }))
            : [await InsertAsync(database, numbers, chunk)];
        return parts[^1] ?? parts[0];
    }

    private static async Task<long?> InsertAsync(PostgresDatabase database, INumbers numbers, AudienceChunk chunk)
    {
        // Numbers for as many as there may be: how many there are is known only in the transaction, which may be repeated.
        var first = await numbers.NextRangeAsync(NumberSequence.Messages, chunk.Limit * chunk.Channels.Count);
        try
        {
            return await database.ChangeAsync(connection => InsertAsync(connection, chunk, first, Sql.Insert));
        }
        catch (PostgresException failure) when (failure.IsOvertaken)
        {
            // Done before, at least in part. To insert around what is there costs half as much again, so only where there is something.
            return await database.ChangeAsync(connection => InsertAsync(connection, chunk, first, Sql.InsertMissing));
        }
    }

    private static async Task<long?> InsertAsync(NpgsqlConnection connection, AudienceChunk chunk, long first, string sql)
    {
        var counters = new CounterDeltas();
        long? last = null;
        for (var i = 0; i < chunk.Channels.Count; i++)
        {
            await using var insert = new NpgsqlCommand(sql, connection)
            {
                Parameters =
                {
                    Int(chunk.Distribution), Long(first + (i * chunk.Limit)), Int(chunk.Project), Int(chunk.Lanes), Long(chunk.Occurrence),
                    Text(chunk.Channels[i]), Long(chunk.DueAt.ToStored()), Long(chunk.Now.ToStored()), Int(chunk.Segment),
                    Long(chunk.AfterCustomer), Int(chunk.Limit), Int(chunk.SkipAlreadyOwed ? 1 : 0),
                },
            };
            await using var reader = await insert.ExecuteReaderAsync();
            await reader.ReadAsync();
            last = reader.IsDBNull(0) ? null : reader.GetInt64(0);
            counters.Inserted(chunk.Distribution, chunk.Channels[i], reader.GetInt64(1), triggered: 0);
        }

        await CounterRows.WriteAsync(connection, counters);
        return last;
    }

    private static class Sql
    {
        public const string Middle = "SELECT customer FROM memberships WHERE segment = $1 AND customer > $2 ORDER BY customer OFFSET $3 LIMIT 1";

        // In the order of the customers, as they come from the index, so that two who make the same rows do not wait in a circle. Batches of the
        // queue have the number of their first message. Whether a member is owed already is looked up for each of them only
        // where events have brought anybody at all; the offset keeps that from being a scan of the whole distribution.
        private const string Part =
            """
            WITH part AS (
                SELECT customer, row_number() OVER (ORDER BY customer) AS place
                FROM (SELECT customer FROM memberships WHERE segment = $9 AND customer > $10 ORDER BY customer LIMIT $11) members
            ), owed AS MATERIALIZED (
                SELECT $2 - 1 + place AS no, customer % $4 AS lane, customer FROM part
                WHERE $12 = 0 OR NOT EXISTS (SELECT 1 FROM message_counts c WHERE c.distribution = $1 AND c.triggered > 0) OR NOT EXISTS (
                    SELECT 1 FROM messages m WHERE m.customer = part.customer AND m.distribution = $1 AND m.occurrence > 0 OFFSET 0)
            ), arrived AS (
                INSERT INTO arrivals (distribution, created_at, first, last) VALUES ($1, $8, $2, $2 + $11 - 1)
            ), made AS (
                INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at)
                SELECT $1, no, $3, lane, customer, $5, $6, 0, $7, $8 FROM owed
            """;

        // All of a lane in one list first, and that cut into equal pieces. They say of their messages what a lane asks, which it then need not look up.
        private const string Batches =
            """
            , queued AS (
                INSERT INTO queue (distribution, no, lane, project, status, due_at, messages, customers, channel, occurrence, created_at)
                SELECT $1, messages[first], lane, $3, 0, $7, messages[first:first + size - 1], customers[first:first + size - 1], $6, $5, $8
                FROM (SELECT lane, array_agg(no) AS messages, array_agg(customer) AS customers, CAST(count(*) AS integer) AS many FROM
            """;

        // The last customer reached and how many rows are new.
        private const string Made =
            """
             rows GROUP BY lane) lanes
                CROSS JOIN LATERAL (SELECT (many + pieces - 1) / pieces AS size FROM (SELECT (many + 199) / 200 AS pieces) p) s
                CROSS JOIN LATERAL generate_series(1, many, size) AS first)
            SELECT (SELECT max(customer) FROM part), (SELECT count(*) FROM
            """;

        public const string Insert = Part + ")" + Batches + " owed" + Made + " owed)";

        public const string InsertMissing = Part + " ON CONFLICT DO NOTHING RETURNING no, lane, customer)" + Batches + " made" + Made + " made)";
    }
}
