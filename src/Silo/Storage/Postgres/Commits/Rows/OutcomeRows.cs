using Marketing.Storage.Relational;

namespace Marketing.Storage.Postgres;

/// <summary>Notes in which order messages were finished: one row for those of one moment that ended alike.</summary>
internal sealed class OutcomeRows
{
    private readonly List<MessageMove> _finished = [];

    public void Add(in MessageMove move) => _finished.Add(move);

    public void AddTo(RoundTrip trip)
    {
        if (_finished.Count > 0)
        {
            trip.Add(new SetCommand<MessageMove>(Sql.Insert, _finished)
                .Column(move => move.Distribution).Column(move => move.At.ToStored())
                .Column(move => move is { To: MessageStatus.Sent, Recovered: true } ? FinishedMessages.Recovered : (int)move.To).Column(move => move.Number));
        }
    }

    private static class Sql
    {
        public const string Insert =
            """
            INSERT INTO outcomes (distribution, finished_at, kind, messages)
            SELECT distribution, at, kind, array_agg(no) FROM unnest($1, $2, $3, $4) AS n (distribution, at, kind, no) GROUP BY distribution, at, kind
            """;
    }
}
