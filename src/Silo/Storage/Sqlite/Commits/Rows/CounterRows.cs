namespace Marketing.Storage.Sqlite;

/// <summary>Writes what a transaction gathered for the counters, one statement per counter.</summary>
internal static class CounterRows
{
    public static void Write(this CounterDeltas counters, SqliteSession session)
    {
        foreach (var ((distribution, channel), delta) in counters.ByChannel)
        {
            var statement = session.Prepare(Sql.AddToMessageCounts).Bind(distribution).Bind(channel).Bind(delta.Audience);
            foreach (var count in delta.ByStatus)
            {
                statement.Bind(count);
            }

            statement.Bind(delta.Recovered).Bind(delta.Uncertain).Bind(delta.Triggered).Run();
        }

        foreach (var ((distribution, channel, hour), delta) in counters.ByHour)
        {
            session.Prepare(Sql.AddToSeries).Bind(distribution).Bind(channel).Bind(hour)
                .Bind(delta.Sent).Bind(delta.Failed).Bind(delta.Skipped).Bind(delta.Recovered).Run();
        }

        foreach (var (segment, delta) in counters.BySegment)
        {
            session.Prepare(Sql.AddToSegmentCounts).Bind(segment).Bind(delta).Run();
        }

        foreach (var (project, delta) in counters.ByProject)
        {
            session.Prepare(Sql.AddToCustomerCounts).Bind(project).Bind(delta).Run();
        }

        foreach (var ((project, table), delta) in counters.ByTable)
        {
            session.Prepare(Sql.AddToRowCounts).Bind(project).Bind(table).Bind(delta).Run();
        }

        foreach (var ((project, key), delta) in counters.ByKey)
        {
            session.Prepare(Sql.AddToTallies).Bind(project).Bind(key).Bind(delta).Run();
        }

        counters.Clear();
    }

    private static class Sql
    {
        // The columns stand in the order of MessageStatus.
        public const string AddToMessageCounts =
            """
            INSERT INTO message_counts
                (distribution, channel, audience, queued, retrying, sending, sent, failed, skipped, canceled, recovered, uncertain, triggered)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            ON CONFLICT (distribution, channel) DO UPDATE SET
                audience = audience + excluded.audience, queued = queued + excluded.queued, retrying = retrying + excluded.retrying,
                sending = sending + excluded.sending, sent = sent + excluded.sent, failed = failed + excluded.failed,
                skipped = skipped + excluded.skipped, canceled = canceled + excluded.canceled,
                recovered = recovered + excluded.recovered, uncertain = uncertain + excluded.uncertain,
                triggered = triggered + excluded.triggered
            """;

        public const string AddToSeries =
            """
            INSERT INTO message_series (distribution, channel, hour, sent, failed, skipped, recovered) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (distribution, channel, hour) DO UPDATE SET
                sent = sent + excluded.sent, failed = failed + excluded.failed, skipped = skipped + excluded.skipped,
                recovered = recovered + excluded.recovered
            """;

        public const string AddToSegmentCounts =
            """
            INSERT INTO segment_counts (segment, members) VALUES (?1, ?2)
            ON CONFLICT (segment) DO UPDATE SET members = members + excluded.members
            """;

        public const string AddToCustomerCounts =
            """
            INSERT INTO customer_counts (project, customers) VALUES (?1, ?2)
            ON CONFLICT (project) DO UPDATE SET customers = customers + excluded.customers
            """;

        public const string AddToRowCounts =
            """
            INSERT INTO row_counts (project, name, rows) VALUES (?1, ?2, ?3)
            ON CONFLICT (project, name) DO UPDATE SET rows = rows + excluded.rows
            """;

        public const string AddToTallies =
            """
            INSERT INTO tallies (project, name, value) VALUES (?1, ?2, ?3)
            ON CONFLICT (project, name) DO UPDATE SET value = value + excluded.value
            """;
    }
}
