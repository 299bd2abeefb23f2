namespace Marketing.Storage.Postgres;

/// <summary>
/// The batches that the commits of a transaction take messages out of. They are read and locked with the guards, so it is known before anything
/// is written which messages really move: those that are still where their move begins.
/// </summary>
internal sealed class MessageBatches
{
    private readonly LockedBatches _waiting = new(MessageBatchSql.Waiting);
    private readonly LockedBatches _handedOver = new(MessageBatchSql.HandedOver);

    public void Gather(Commit commit)
    {
        (int, long) last = default;
        foreach (var move in commit.Moves)
        {
            // Most moves of a commit are of one batch.
            if (SourceOf(move) is var source && source != last)
            {
                BatchesOf(move).Asked.Add(source);
                last = source;
            }
        }
    }

    public void AskIn(RoundTrip trip)
    {
        _waiting.AskIn(trip);
        _handedOver.AskIn(trip);
    }

    /// <summary>Takes the message out of its batch, which is the answer; null when it is not there.</summary>
    public MessageBatch? Take(in MessageMove move) =>
        BatchesOf(move).Found.TryGetValue(SourceOf(move), out var batch)
            && batch.Mark == (move.From == MessageStatus.Sending ? move.Epoch : (int)move.From) && batch.Remove(move.Number)
            ? batch
            : null;

    /// <summary>Writes what is left of them.</summary>
    public void AddLeft(RoundTrip trip)
    {
        _waiting.AddLeft(trip);
        _handedOver.AddLeft(trip);
    }

    /// <summary>The batch a move takes its message out of.</summary>
    public static (int Distribution, long Number) SourceOf(in MessageMove move) =>
        (move.Distribution, move.From == MessageStatus.Sending ? move.HandOff : move.Batch);

    private LockedBatches BatchesOf(in MessageMove move) => move.From == MessageStatus.Sending ? _handedOver : _waiting;

    private sealed class LockedBatches(MessageBatchSql sql)
    {
        // In order of their keys everywhere: transactions that lock in one order never wait in a circle.
        public SortedSet<(int Distribution, long Number)> Asked { get; } = [];

        public Dictionary<(int Distribution, long Number), MessageBatch> Found { get; } = [];

        public void AskIn(RoundTrip trip)
        {
            if (Asked.Count > 0)
            {
                trip.Add(
                    new SetCommand<(int Distribution, long Number)>(sql.Lock, [.. Asked]).Column(key => key.Distribution).Column(key => key.Number),
                    row =>
                    {
                        var key = (row.GetInt32(0), row.GetInt64(1));
                        Found.Add(key, new MessageBatch(key, row.GetInt32(2), row.GetInt64(3), row.GetFieldValue<long[]>(4)));
                    });
            }
        }

        public void AddLeft(RoundTrip trip)
        {
            var changed = Found.Values.Where(batch => batch.IsChanged).OrderBy(batch => batch.Key).ToLookup(batch => batch.Messages.Count == 0);
            if (changed[true].ToList() is { Count: > 0 } empty)
            {
                trip.Add(new SetCommand<MessageBatch>(sql.Delete, empty).Column(batch => batch.Key.Distribution).Column(batch => batch.Key.Number));
            }

            if (changed[false].SelectMany(batch => batch.Messages.Order(), (batch, message) => (batch.Key, Message: message)).ToList() is { Count: > 0 } left)
            {
                trip.Add(new SetCommand<((int Distribution, long Number) Key, long Message)>(sql.Shorten, left)
                    .Column(row => row.Key.Distribution).Column(row => row.Key.Number).Column(row => row.Message));
            }
        }
    }
}
