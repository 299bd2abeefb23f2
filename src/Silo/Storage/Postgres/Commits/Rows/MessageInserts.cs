using System.Runtime.InteropServices;

namespace Marketing.Storage.Postgres;

/// <summary>Writes of new messages and of the batches of the queue they wait in, counted by those that were really inserted.</summary>
internal static class MessageInserts
{
    // Messages of a lane that are due within this wait together, until the last of them is due.
    private const long DueTogether = 50;

    /// <param name="trip">Where the statement goes.</param>
    /// <param name="winners">Whose rows.</param>
    /// <param name="counters">What counts them.</param>
    /// <param name="mayExist">Whether some of them may be there already; otherwise such a row fails the transaction, which costs everybody else less.</param>
    public static void AddTo(RoundTrip trip, IReadOnlyList<Commit> winners, CounterDeltas counters, bool mayExist)
    {
        var batches = Queue(winners);
        if (batches.Count == 0)
        {
            return;
        }

        // Sorted by what two silos may owe at once; the sort is stable, so of a batch the first still wins.
        List<(int Project, MessageInsert Row)> rows =
        [
            .. winners.SelectMany(commit => commit.Messages, (commit, message) => (commit.Project, Row: message))
                .OrderBy(row => row.Row.Customer).ThenBy(row => row.Row.Distribution).ThenBy(row => row.Row.Occurrence)
                .ThenBy(row => row.Row.Channel, StringComparer.Ordinal),
        ];
        var command = new SetCommand<(int Project, MessageInsert Row)>(mayExist ? Sql.InsertMissing : Sql.Insert, rows)
            .Column(row => row.Row.Distribution).Column(row => row.Row.Number).Column(row => row.Project).Column(row => row.Row.Lane)
            .Column(row => row.Row.Customer).Column(row => row.Row.Occurrence).Column(row => row.Row.Channel)
            .Column(row => row.Row.DueAt.ToStored()).Column(row => row.Row.CreatedAt.ToStored());
        if (mayExist)
        {
            command.Column(row => row.Row.Batch).Column(row => batches[(row.Row.Distribution, row.Row.Batch)].DueAt);
            trip.Add(command, inserted => counters.Inserted(inserted.GetInt32(0), inserted.GetString(1), inserted.GetInt64(2), inserted.GetInt64(3)));
            return;
        }

        trip.Add(command);
        List<QueuedMessage> queued = new(rows.Count);
        foreach (var (project, row) in rows)
        {
            counters.Inserted(row.Distribution, row.Channel, 1, triggered: row.Occurrence > 0 ? 1 : 0);
            queued.Add(new QueuedMessage(row.Distribution, row.Batch, row.Lane, project, MessageStatus.Queued, batches[(row.Distribution, row.Batch)].DueAt, row.Number));
        }

        QueueRows.AddQueued(trip, queued);
    }

    // Puts every message into a batch, which has the number of its first one, and says so in the commit.
    private static Dictionary<(int Distribution, long Batch), MessageQueueing> Queue(IReadOnlyList<Commit> winners)
    {
        Dictionary<(int Distribution, int Lane, long Due), MessageQueueing> open = [];
        Dictionary<(int Distribution, long Batch), MessageQueueing> batches = [];
        foreach (var commit in winners)
        {
            foreach (ref var message in CollectionsMarshal.AsSpan(commit.Messages))
            {
                var due = message.DueAt.ToStored();
                ref var batch = ref CollectionsMarshal.GetValueRefOrAddDefault(open, (message.Distribution, message.Lane, due / DueTogether), out _);
                if (batch is null || batch.Count == QueueRows.MostTogether)
                {
                    batch = new MessageQueueing(message.Number);
                    batches.Add((message.Distribution, message.Number), batch);
                }

                batch.Add(due);
                message = message with { Batch = batch.Number };
            }
        }

        return batches;
    }

    private sealed class MessageQueueing(long number)
    {
        public long Number => number;

        public int Count { get; private set; }

        public long DueAt { get; private set; }

        public void Add(long due) => (Count, DueAt) = (Count + 1, Math.Max(DueAt, due));
    }

    private static class Sql
    {
        // One row says of many when they were made. What is not inserted is named in vain, which costs lists nothing.
        private const string Arrived =
            """
            WITH arrived AS (
                INSERT INTO arrivals (distribution, created_at, first, last)
                SELECT distribution, created_at, min(no), max(no) FROM unnest($1, $2, $9) AS n (distribution, no, created_at)
                GROUP BY distribution, created_at, no / 1000)
            """;

        private const string Messages =
            """
            INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, due_at, created_at, status)
            SELECT n.*, 0
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
                AS n (distribution, no, project, lane, customer, occurrence, channel, due_at, created_at)
            """;

        public const string Insert = Arrived + " " + Messages;

        // What was written before with an end that is not known may be in its batch already.
        public const string InsertMissing =
            Arrived + ", inserted AS (" + Messages
            + """
             ON CONFLICT DO NOTHING RETURNING distribution, no, project, lane, occurrence, channel
            ), queued AS (
                INSERT INTO queue AS q (distribution, no, lane, project, status, due_at, messages)
                SELECT i.distribution, n.batch, i.lane, i.project, 0, n.due_at, array_agg(i.no ORDER BY i.no)
                FROM inserted i JOIN (
                    SELECT DISTINCT ON (distribution, no) * FROM unnest($1, $2, $10, $11) AS n (distribution, no, batch, due_at)
                ) n ON n.distribution = i.distribution AND n.no = i.no
                GROUP BY i.distribution, n.batch, i.lane, i.project, n.due_at
                ON CONFLICT (distribution, no) DO UPDATE SET messages = q.messages || excluded.messages, customers = NULL)
            SELECT distribution, channel, count(*), count(*) FILTER (WHERE occurrence > 0) FROM inserted GROUP BY distribution, channel
            """;
    }
}
