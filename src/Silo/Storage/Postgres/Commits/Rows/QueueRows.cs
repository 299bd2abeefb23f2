namespace Marketing.Storage.Postgres;

/// <summary>A message that goes into a batch of the queue; number 0 stands for one that the database gives.</summary>
internal readonly record struct QueuedMessage(int Distribution, long Batch, int Lane, int Project, MessageStatus Status, long DueAt, long Number);

/// <summary>A message that goes into a hand-off.</summary>
internal readonly record struct HandedMessage(int Distribution, long HandOff, int Lane, int Project, long Epoch, long Number);

/// <summary>Writes of new batches: of the queue, and of what is being handed over. One row says it of many messages.</summary>
internal static class QueueRows
{
    /// <summary>The most messages in a batch of the queue: as many as a lane takes at a time.</summary>
    public const int MostTogether = 200;

    /// <summary>Inserts messages that wait from now on.</summary>
    public static void AddQueued(RoundTrip trip, IReadOnlyList<QueuedMessage> messages)
    {
        if (messages.Count > 0)
        {
            trip.Add(new SetCommand<QueuedMessage>(Sql.Queue, messages)
                .Column(row => row.Distribution).Column(row => row.Batch).Column(row => row.Lane).Column(row => row.Project)
                .Column(row => (int)row.Status).Column(row => row.DueAt).Column(row => row.Number));
        }
    }

    /// <summary>Inserts messages that are about to be handed over.</summary>
    public static void AddHandedOver(RoundTrip trip, IReadOnlyList<HandedMessage> messages)
    {
        if (messages.Count > 0)
        {
            trip.Add(new SetCommand<HandedMessage>(Sql.HandOver, messages)
                .Column(row => row.Distribution).Column(row => row.HandOff).Column(row => row.Lane).Column(row => row.Project)
                .Column(row => row.Epoch).Column(row => row.Number));
        }
    }

    private static class Sql
    {
        public const string Queue =
            """
            INSERT INTO queue AS q (distribution, no, lane, project, status, due_at, messages)
            SELECT distribution, CASE WHEN batch = 0 THEN nextval('queue_numbers') ELSE batch END, lane, project, status, due_at, messages
            FROM (
                SELECT distribution, batch, lane, project, status, due_at, array_agg(no ORDER BY no) AS messages
                FROM unnest($1, $2, $3, $4, $5, $6, $7) AS n (distribution, batch, lane, project, status, due_at, no)
                GROUP BY distribution, batch, lane, project, status, due_at
            ) batches
            """;

        public const string HandOver =
            """
            INSERT INTO hand_offs AS h (distribution, no, lane, project, epoch, messages)
            SELECT distribution, hand_off, lane, project, epoch, array_agg(no ORDER BY no)
            FROM unnest($1, $2, $3, $4, $5, $6) AS n (distribution, hand_off, lane, project, epoch, no)
            GROUP BY distribution, hand_off, lane, project, epoch
            ON CONFLICT (distribution, no) DO UPDATE SET epoch = excluded.epoch, messages = h.messages || excluded.messages
            """;
    }
}
