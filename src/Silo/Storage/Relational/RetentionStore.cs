namespace Marketing.Storage.Relational;

/// <summary>Deletes what is old. Where messages are found by when they were finished differs by engine.</summary>
internal abstract class RetentionStore(ISqlDatabase database, TableSet tables) : IRetentionStore
{
    /// <summary>A row for each message of the distribution <c>d</c> that was finished before <c>?1</c>, to begin with SELECT 1 FROM.</summary>
    protected abstract string OldMessages { get; }

    public abstract Task<int> DeleteMessagesAsync(int distribution, DateTimeOffset before, int limit);

    public Task<int> DeleteOperationsAsync(DateTimeOffset before, int limit) =>
        database.WriteAsync(session => session.RunAsync(new SqlQuery(Sql.DeleteOperations).Bind(before.ToStored()).Bind(limit)), limit);

    public async Task<IReadOnlyList<(int Project, RowWrite Removal)>> ExpiredRowsAsync(DateTimeOffset now, int limit)
    {
        var expired = new List<(int, RowWrite)>();
        foreach (var table in tables.All.Where(static table => table.Expires is not null))
        {
            expired.AddRange(await database.ListAsync(session => session.AllAsync(
                new SqlQuery($"SELECT project, no, id, version FROM {table.Name} WHERE {table.Expires} <= ?1 ORDER BY {table.Expires} LIMIT ?2").Bind(now.ToStored()).Bind(limit - expired.Count),
                row => (row.Int(0), new RowWrite(table, new ExpiredRow(row.Number(1), row.Text(2), row.Number(3)), Deletes: true)))));
        }

        return expired;
    }

    public Task<IReadOnlyList<int>> DistributionsWithMessagesAsync(DateTimeOffset before) =>
        database.ListAsync<IReadOnlyList<int>>(async session => await session.AllAsync(
            new SqlQuery(
                $"""
                SELECT d.number FROM distributions d WHERE (SELECT 1 FROM {OldMessages} LIMIT 1) IS NOT NULL
                    OR ((SELECT 1 FROM message_addresses a WHERE a.distribution = d.number LIMIT 1) IS NOT NULL
                        AND (SELECT 1 FROM messages l WHERE l.distribution = d.number LIMIT 1) IS NULL)
                ORDER BY d.number
                """).Bind(before.ToStored()),
            static row => row.Int(0)));

    public Task<ActivityPart> DeleteActivityAsync(long after, DateTimeOffset before, int limit) =>
        database.WriteAsync(
            async session =>
            {
                var part = await session.FirstAsync(
                    new SqlQuery(Sql.LookAtActivity).Bind(after).Bind(limit).Bind(before.ToStored()), static row => new ActivityPart(row.NumberOrNull(0), row.Number(1)));
                if (part.Old > 0)
                {
                    await session.RunAsync(new SqlQuery(Sql.DeleteActivity).Bind(after).Bind(part.Last).Bind(before.ToStored()));
                }

                return part;
            },
            limit);

    /// <summary>What a removal needs of a row.</summary>
    private sealed record ExpiredRow(long Number, string Id, long Version) : ITableRow;

    private static class Sql
    {
        public const string DeleteOperations =
            "DELETE FROM operations WHERE (project, key) IN (SELECT project, key FROM operations WHERE created_at < ?1 ORDER BY created_at LIMIT ?2)";

        public const string LookAtActivity =
            """
            SELECT max(no), count(CASE WHEN created_at < ?3 THEN 1 END) FROM (SELECT no, created_at FROM activity WHERE no > ?1 ORDER BY no LIMIT ?2) AS part
            """;

        // Failed messages may be queued again. Asked for each entry, over the index of customers, whatever else the planner would think of.
        public const string DeleteActivity =
            """
            DELETE FROM activity WHERE no > ?1 AND no <= ?2 AND created_at < ?3
                AND (SELECT 1 FROM messages m WHERE m.customer = activity.customer AND m.occurrence = activity.no AND m.status IN (0, 1, 2, 4) LIMIT 1) IS NULL
            """;
    }
}
