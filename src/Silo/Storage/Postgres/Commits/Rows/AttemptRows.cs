namespace Marketing.Storage.Postgres;

/// <summary>Notes how attempts went of which the message's row does not say enough.</summary>
internal sealed class AttemptRows
{
    private readonly List<MessageMove> _attempts = [];
    private readonly List<long> _erased = [];

    public void Add(in MessageMove move)
    {
        if (move.Attempt is not null)
        {
            _attempts.Add(move);
        }
    }

    /// <summary>Forgets what was answered about a customer.</summary>
    public void Erase(long customer) => _erased.Add(customer);

    public void AddTo(RoundTrip trip)
    {
        if (_attempts.Count > 0)
        {
            trip.Add(new SetCommand<MessageMove>(Sql.Insert, _attempts)
                .Column(move => move.Distribution).Column(move => move.Number).Column(move => move.Attempt!.Began.ToStored()).Column(move => (long)move.Attempt!.Took.TotalMilliseconds)
                .Column(move => (int)move.To).Column(move => move.Attempt!.Answer));
        }

        if (_erased.Count > 0)
        {
            _erased.Sort();
            trip.Add(new SetCommand<long>(Sql.Erase, _erased).Column(number => number));
        }
    }

    private static class Sql
    {
        public const string Insert =
            """
            INSERT INTO message_attempts (distribution, message, began_at, took, status, answer) SELECT n.* FROM unnest($1, $2, $3, $4, $5, $6) AS n
            """;

        // From the customer to the messages to the attempts, whatever the planner would think of: the offsets skip nothing.
        public const string Erase =
            """
            DELETE FROM message_attempts WHERE ctid = ANY (ARRAY(
                SELECT a.place FROM unnest($1) AS n (no)
                CROSS JOIN LATERAL (SELECT m.distribution, m.no FROM messages m WHERE m.customer = n.no OFFSET 0) m
                CROSS JOIN LATERAL (SELECT t.ctid AS place FROM message_attempts t WHERE t.distribution = m.distribution AND t.message = m.no OFFSET 0) a))
            """;
    }
}
