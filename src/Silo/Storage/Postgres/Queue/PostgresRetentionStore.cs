using Marketing.Storage.Relational;
using Npgsql;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>Deletes what is old, in PostgreSQL.</summary>
internal sealed class PostgresRetentionStore(PostgresDatabase database, TableSet tables) : RetentionStore(database, tables)
{
    protected override string OldMessages => "outcomes o WHERE o.distribution = d.number AND o.finished_at < ?1";

    public override Task<int> DeleteMessagesAsync(int distribution, DateTimeOffset before, int limit) =>
        database.ChangeAsync(async connection =>
        {
            await using var delete = new NpgsqlCommand(Sql.Delete, connection) { Parameters = { Int(distribution), Long(before.ToStored()), Int(limit) } };
            long[] moments;
            long first, last;
            int rows;
            await using (var gone = await delete.ExecuteReaderAsync())
            {
                await gone.ReadAsync();
                rows = (int)(gone.GetInt64(0) + gone.GetInt64(1));
                moments = gone.GetFieldValue<long[]>(2);
                (first, last) = (gone.GetInt64(3), gone.GetInt64(4));
            }

            if (moments.Length > 0)
            {
                await using var runs = new NpgsqlCommand(Sql.DeleteRuns, connection)
                {
                    Parameters = { Int(distribution), Longs(moments), Long(first), Long(last) },
                };
                await runs.ExecuteNonQueryAsync();
            }

            if (rows < limit)
            {
                await using var addresses = new NpgsqlCommand(Sql.DeleteAddresses, connection) { Parameters = { Int(distribution), Int(limit) } };
                rows += await addresses.ExecuteNonQueryAsync();
            }

            return rows;
        });

    private static class Sql
    {
        // Outcome by outcome, over their own index: messages have none by time. What was queued again since and is not finished, or later, stays.
        public const string Delete =
            """
            WITH old AS (
                SELECT ctid AS place, finished_at, messages FROM outcomes
                WHERE distribution = $1 AND finished_at < $2 ORDER BY finished_at LIMIT $3 FOR UPDATE SKIP LOCKED
            ), chosen AS (
                SELECT place, messages FROM (
                    SELECT place, messages, sum(cardinality(messages)) OVER (ORDER BY finished_at, place) - cardinality(messages) AS before FROM old
                ) counted WHERE before < $3
            ), forgotten AS (
                DELETE FROM outcomes WHERE ctid = ANY (ARRAY(SELECT place FROM chosen)) RETURNING 1
            ), gone AS (
                DELETE FROM messages WHERE distribution = $1 AND no = ANY (ARRAY(SELECT unnest(messages) FROM chosen)) AND finished_at < $2
                RETURNING no, created_at
            ), tried AS (
                DELETE FROM message_attempts WHERE distribution = $1 AND message IN (SELECT no FROM gone)
            )
            SELECT (SELECT count(*) FROM forgotten), count(*), coalesce(array_agg(DISTINCT created_at), '{}'), coalesce(min(no), 0), coalesce(max(no), 0) FROM gone
            """;

        // They say nothing of when they were given, and are of no use when the last message is gone.
        public const string DeleteAddresses =
            """
            DELETE FROM message_addresses WHERE distribution = $1 AND address IN (
                SELECT address FROM message_addresses
                WHERE distribution = $1 AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.distribution = $1) ORDER BY address LIMIT $2)
            """;

        // Runs of numbers of which no message is left.
        public const string DeleteRuns =
            """
            DELETE FROM arrivals a WHERE a.distribution = $1 AND a.created_at = ANY ($2) AND a.last >= $3 AND a.first <= $4
                AND (SELECT 1 FROM messages m WHERE m.distribution = $1 AND m.no >= a.first AND m.no <= a.last AND m.created_at = a.created_at LIMIT 1) IS NULL
            """;
    }
}
