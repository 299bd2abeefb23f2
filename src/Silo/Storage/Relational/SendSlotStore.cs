using Marketing.Channels;

namespace Marketing.Storage.Relational;

/// <summary>Slots of connections: a row says when the next one is. Asked of the clock of the database where silos share one.</summary>
internal sealed class SendSlotStore(ISqlDatabase database, TimeProvider clock) : ISendSlots
{
    // A clock that was set back by more than this is not waited for.
    private const long Longest = 600_000_000;

    public async Task<SlotLease> TakeAsync(int project, string connection, int count, long apart, long ahead)
    {
        var here = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var before = clock.GetTimestamp();
        var (next, now) = await database.WriteAsync(session =>
        {
            var time = session.Dialect.Microseconds ?? "?5";
            return session.FirstAsync(
                new SqlQuery(
                    $"""
                    INSERT INTO send_slots AS s (project, connection, next_at) VALUES (?1, ?2, {time} + ?4 + ?3)
                    ON CONFLICT (project, connection) DO UPDATE SET next_at =
                        CASE WHEN s.next_at > {time} + ?4 AND s.next_at < {time} + {Longest} THEN s.next_at ELSE {time} + ?4 END + ?3
                    RETURNING next_at, {time}
                    """).Bind(project).Bind(connection).Bind(count * apart).Bind(ahead).BindAll(session.Dialect.Microseconds is null ? [here] : []),
                static row => (row.Number(0), row.Number(1)));
        });

        // What was shown here is known to be from before; what the server showed is from between.
        var after = now == here ? before : clock.GetTimestamp();
        return new SlotLease(next - (count * apart), now, before, after);
    }
}
