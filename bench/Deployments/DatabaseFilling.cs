using System.Globalization;

namespace Marketing.Bench.Deployments;

/// <summary>Fills the engine's tables by single statements with what it would have written itself, where getting there is not what is measured.</summary>
internal static class DatabaseFilling
{
    extension(Database database)
    {
        /// <summary>Copies the imported customers c-0 … c-(known-1) until there are <paramref name="count"/>, documents included.</summary>
        public async Task CopyCustomersAsync(int known, int count)
        {
            // Numbers are taken as a silo takes them, so nobody else is given them.
            var first = await database.ReserveAsync("customers", count);
            for (var from = known; from < count; from += known)
            {
                await database.RunAsync(string.Create(CultureInfo.InvariantCulture,
                    $"""
                    INSERT INTO customers (no, project, id, source_id, version, name, email, city, created_at, updated_at, evaluated_at, review_at, document)
                    SELECT {first} + {from} + i, project, new_id, 'c-' || n, version, name, 'c' || n || '@example.com', city, created_at, updated_at,
                        evaluated_at, review_at, convert_to(replace(replace(replace(convert_from(document, 'UTF8'),
                            '"' || id || '"', '"' || new_id || '"'), '"' || source_id || '"', '"c-' || n || '"'), '"' || email || '"', '"c' || n || '@example.com"'), 'UTF8')
                    FROM (SELECT c.*, {from} + i AS n, 'cust_' || lpad('C' || ({from} + i), 24, 'x') AS new_id
                        FROM (SELECT c.*, CAST(substr(source_id, 3) AS bigint) AS i FROM customers c WHERE source_id ~ '^c-[0-9]+$') c
                        WHERE i < least({known}, {count} - {from})) c
                    """));
            }

            await database.RunAsync("DELETE FROM customer_counts");
            await database.RunAsync("INSERT INTO customer_counts (project, customers) SELECT project, count(*) FROM customers GROUP BY project");
            await database.RunAsync("VACUUM (ANALYZE) customers");
        }

        /// <summary>
        /// Queues messages of a distribution to its project's customers, in turn.
        /// </summary>
        /// <param name="distribution">Its number.</param>
        /// <param name="count">How many.</param>
        /// <param name="due">An SQL expression of milliseconds since 1970 over <c>i</c>, which counts from 0.</param>
        /// <param name="sent">Whether they were sent when they were due.</param>
        public async Task FillMessagesAsync(int distribution, int count, string due, bool sent)
        {
            var first = await database.ReserveAsync("messages", count);
            var customers = await database.ValueAsync("SELECT count(*) FROM customers");
            await database.RunAsync(string.Create(CultureInfo.InvariantCulture,
                $"""
                INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at, attempts, finished_at)
                SELECT {distribution}, {first} + i, c.project, c.no % 4, c.no, -({first} + i), 'discard', {(sent ? 3 : 0)}, {due}, {due}, {(sent ? 1 : 0)},
                    {(sent ? due : "NULL")}
                FROM generate_series(0, {count - 1}) AS i
                JOIN (SELECT no, project, row_number() OVER (ORDER BY no) - 1 AS place FROM customers) c ON c.place = i % {customers}
                """));
            await database.RunAsync(string.Create(CultureInfo.InvariantCulture,
                $"""
                INSERT INTO arrivals (distribution, created_at, first, last)
                SELECT distribution, created_at, min(no), max(no) FROM messages WHERE distribution = {distribution} AND no >= {first:F0}
                GROUP BY distribution, created_at, no / 1000
                """));
            await database.RunAsync(
                sent
                    ? $"""
                        INSERT INTO outcomes (distribution, finished_at, kind, messages)
                        SELECT distribution, finished_at, 3, array_agg(no) FROM messages WHERE distribution = {distribution} AND no >= {first:F0} GROUP BY 1, 2
                        """
                    : $"""
                        INSERT INTO queue (distribution, no, lane, project, status, due_at, messages)
                        SELECT distribution, min(no), lane, project, 0, max(due_at), array_agg(no ORDER BY no) FROM (
                            SELECT *, due_at / 50 AS moment, (row_number() OVER (PARTITION BY lane, due_at / 50 ORDER BY due_at, no) - 1) / 200 AS part
                            FROM messages WHERE distribution = {distribution} AND no >= {first:F0}) m
                        GROUP BY distribution, lane, project, moment, part
                        """);
            await database.RunAsync(string.Create(CultureInfo.InvariantCulture,
                $"""
                INSERT INTO message_counts AS c (distribution, channel, audience, queued, sent)
                VALUES ({distribution}, 'discard', {count}, {(sent ? 0 : count)}, {(sent ? count : 0)})
                ON CONFLICT (distribution, channel, shard) DO UPDATE SET
                    audience = c.audience + excluded.audience, queued = c.queued + excluded.queued, sent = c.sent + excluded.sent
                """));
        }

        public async Task<int> NumberOfAsync(string distributionId) =>
            (int)await database.ValueAsync($"SELECT number FROM distributions WHERE id = '{distributionId}'");

        private Task<double> ReserveAsync(string sequence, int count) => database.ValueAsync(string.Create(CultureInfo.InvariantCulture,
            $"""
            INSERT INTO sequences AS s (name, next) VALUES ('{sequence}', {count + 1})
            ON CONFLICT (name) DO UPDATE SET next = s.next + {count} RETURNING next - {count}
            """));
    }
}
