using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>Deletes what is old, in SQLite.</summary>
internal sealed class SqliteRetentionStore(SqliteCommitter writer, SqliteDatabase database, TableSet tables) : RetentionStore(database, tables)
{
    protected override string OldMessages =>
        "messages m INDEXED BY messages_finished WHERE m.distribution = d.number AND m.finished_at IS NOT NULL AND m.finished_at < ?1";

    public override Task<int> DeleteMessagesAsync(int distribution, DateTimeOffset before, int limit) =>
        writer.ExecuteAsync(
            session =>
            {
                var gone = session.Prepare(Sql.Delete).Bind(distribution).Bind(before.ToStored()).Bind(limit).ReadAll(static row => (Recorded: row.Number(0), Number: row.Number(1)));
                foreach (var position in gone.Select(static message => message.Recorded).Distinct())
                {
                    session.Prepare(Sql.DeleteOutcome).Bind(distribution).Bind(position).Run();
                }

                foreach (var (_, number) in gone)
                {
                    session.Prepare(Sql.DeleteAttempts).Bind(distribution).Bind(number).Run();
                }

                return gone.Count < limit ? gone.Count + session.Prepare(Sql.DeleteAddresses).Bind(distribution).Bind(limit).Run() : gone.Count;
            },
            limit);

    private static class Sql
    {
        public const string Delete =
            """
            DELETE FROM messages WHERE distribution = ?1 AND no IN (
                SELECT no FROM messages INDEXED BY messages_finished
                WHERE distribution = ?1 AND finished_at IS NOT NULL AND finished_at < ?2 ORDER BY finished_at, no LIMIT ?3)
            RETURNING recorded, no
            """;

        public const string DeleteAttempts = "DELETE FROM message_attempts WHERE distribution = ?1 AND message = ?2";

        // They say nothing of when they were given, and are of no use when the last message is gone.
        public const string DeleteAddresses =
            """
            DELETE FROM message_addresses WHERE distribution = ?1 AND address IN (
                SELECT address FROM message_addresses
                WHERE distribution = ?1 AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.distribution = ?1) ORDER BY address LIMIT ?2)
            """;

        // The transaction may have finished more than are gone.
        public const string DeleteOutcome =
            """
            DELETE FROM outcomes WHERE distribution = ?1 AND recorded = ?2 AND NOT EXISTS (
                SELECT 1 FROM json_each(outcomes.messages) e CROSS JOIN messages m ON m.distribution = ?1 AND m.no = e.value AND m.recorded = ?2)
            """;
    }
}
