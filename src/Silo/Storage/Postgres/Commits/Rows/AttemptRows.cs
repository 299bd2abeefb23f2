namespace Marketing.Storage.Postgres;

/// <summary>Notes how attempts went of which the message's row does not say enough.</summary>
internal sealed class AttemptRows
{
    private readonly List<MessageMove> _attempts = [];

    public void Add(in MessageMove move)
    {
        if (move.Attempt is not null)
        {
            _attempts.Add(move);
        }
    }

    public void AddTo(RoundTrip trip)
    {
        if (_attempts.Count > 0)
        {
            trip.Add(new SetCommand<MessageMove>(Sql.Insert, _attempts)
                .Column(move => move.Distribution).Column(move => move.Number).Column(move => move.Attempt!.Began.ToStored()).Column(move => (long)move.Attempt!.Took.TotalMilliseconds)
                .Column(move => (int)move.To).Column(move => move.Attempt!.Answer));
        }
    }

    private static class Sql
    {
        public const string Insert =
            """
            INSERT INTO message_attempts (distribution, message, began_at, took, status, answer) SELECT n.* FROM unnest($1, $2, $3, $4, $5, $6) AS n
            """;
    }
}
