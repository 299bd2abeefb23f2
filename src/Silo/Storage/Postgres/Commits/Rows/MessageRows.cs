namespace Marketing.Storage.Postgres;

/// <summary>Moves of messages from one state to another: out of their batches, into others or into a final state, and into the counters.</summary>
internal sealed class MessageRows(MessageBatches batches, CounterDeltas counters)
{
    // In how many statements one transaction changes messages: one for each state they may get.
    private readonly List<MessageMove>[] _moved = [.. Enumerable.Range(0, StatusCounts.Length).Select(_ => new List<MessageMove>())];
    private readonly List<QueuedMessage> _queued = [];
    private readonly List<HandedMessage> _handedOver = [];
    private readonly OutcomeRows _outcomes = new();
    private readonly AttemptRows _attempts = new();

    /// <summary>Moves what is still where its move begins.</summary>
    public void Move(Commit commit)
    {
        if (commit.Removal is { } removal)
        {
            _attempts.Erase(removal.Number);
        }

        commit.Moved?.Clear();
        foreach (var move in commit.Moves)
        {
            if (move.From == move.To || batches.Take(move) is not { } batch)
            {
                continue;
            }

            commit.Moved?.Add(move.Number);
            counters.Moved(move.Distribution, move.Channel, move.From, move.To, move.At.ToStored(), move.Recovered);
            switch (move.To)
            {
                case MessageStatus.Sending:
                    _handedOver.Add(new HandedMessage(move.Distribution, move.HandOff, batch.Lane, commit.Project, move.Epoch, move.Number));
                    continue;
                case MessageStatus.Queued or MessageStatus.Retrying:
                    var due = (move.DueAt ?? move.At).ToStored();
                    _queued.Add(new QueuedMessage(move.Distribution, 0, batch.Lane, commit.Project, move.To, due, move.Number));
                    break;
                default:
                    _outcomes.Add(move);
                    break;
            }

            _moved[(int)move.To].Add(move);
            _attempts.Add(move);
        }
    }

    public void AddTo(RoundTrip trip)
    {
        QueueRows.AddQueued(trip, _queued);
        QueueRows.AddHandedOver(trip, _handedOver);
        AddMoves(trip, MessageStatus.Queued, Sql.ToQueued, static command => command.Column(DueAt));
        AddMoves(trip, MessageStatus.Retrying, Sql.ToRetrying, static command => command.Column(DueAt).Column(At).Column(Counts).Column(Reason).Column(Epoch));
        AddMoves(trip, MessageStatus.Sent, Sql.ToSent, static command => command.Column(At).Column(Epoch));
        AddMoves(trip, MessageStatus.Failed, Sql.ToFailed, static command => command.Column(At).Column(Counts).Column(Reason).Column(Epoch));
        AddMoves(trip, MessageStatus.Skipped, Sql.ToSkipped, static command => command.Column(At).Column(Reason));
        AddMoves(trip, MessageStatus.Canceled, Sql.ToCanceled, static command => command.Column(At));
        _outcomes.AddTo(trip);
        _attempts.AddTo(trip);
    }

    private void AddMoves(RoundTrip trip, MessageStatus to, string sql, Action<SetCommand<MessageMove>> addColumns)
    {
        if (_moved[(int)to] is { Count: > 0 } moves)
        {
            moves.Sort(static (one, other) => (one.Distribution, one.Number).CompareTo((other.Distribution, other.Number)));
            var command = new SetCommand<MessageMove>(sql, moves).Column(move => move.Distribution).Column(move => move.Number);
            addColumns(command);
            trip.Add(command);
        }
    }

    private static long DueAt(MessageMove move) => (move.DueAt ?? move.At).ToStored();

    private static long At(MessageMove move) => move.At.ToStored();

    private static int Counts(MessageMove move) => move.CountsAttempt ? 1 : 0;

    private static string? Reason(MessageMove move) => move.Reason;

    private static long Epoch(MessageMove move) => move.Epoch;

    private static class Sql
    {
        public const string ToQueued =
            """
            UPDATE messages m SET status = 0, exception = NULL, due_at = n.due_at
            FROM unnest($1, $2, $3) AS n (distribution, no, due_at) WHERE m.distribution = n.distribution AND m.no = n.no
            """;

        public const string ToRetrying =
            """
            UPDATE messages m SET status = 1, exception = 1, epoch = n.epoch, due_at = n.due_at, attempts = m.attempts + n.counts, reason = coalesce(n.reason, m.reason),
                failed_at = CASE WHEN n.counts = 1 THEN coalesce(m.failed_at, n.at) ELSE m.failed_at END
            FROM unnest($1, $2, $3, $4, $5, $6, $7) AS n (distribution, no, due_at, at, counts, reason, epoch)
            WHERE m.distribution = n.distribution AND m.no = n.no
            """;

        public const string ToSent =
            """
            UPDATE messages m SET status = 3, exception = NULL, epoch = n.epoch, finished_at = n.at, attempts = m.attempts + 1, reason = NULL
            FROM unnest($1, $2, $3, $4) AS n (distribution, no, at, epoch) WHERE m.distribution = n.distribution AND m.no = n.no
            """;

        public const string ToFailed =
            """
            UPDATE messages m SET status = 4, exception = 4, epoch = n.epoch, finished_at = n.at, failed_at = coalesce(m.failed_at, n.at),
                attempts = m.attempts + n.counts, reason = n.reason
            FROM unnest($1, $2, $3, $4, $5, $6) AS n (distribution, no, at, counts, reason, epoch)
            WHERE m.distribution = n.distribution AND m.no = n.no
            """;

        public const string ToSkipped =
            """
            UPDATE messages m SET status = 5, exception = 5, finished_at = n.at, reason = n.reason
            FROM unnest($1, $2, $3, $4) AS n (distribution, no, at, reason) WHERE m.distribution = n.distribution AND m.no = n.no
            """;

        public const string ToCanceled =
            """
            UPDATE messages m SET status = 6, exception = 6, finished_at = n.at
            FROM unnest($1, $2, $3) AS n (distribution, no, at) WHERE m.distribution = n.distribution AND m.no = n.no
            """;
    }
}
