namespace Marketing.Storage.Postgres;

/// <summary>
/// What is noted of customers a group writes to. Hardly ever do two silos write to a customer at once, so the versions are a condition of the write and not read before it. Where one does not hold
/// the transaction fails and is repeated, and then the rows are locked in one order first: so it is known whose commit is refused.
/// </summary>
/// <param name="asks">Whether the rows are locked and read first. Those of customers who are erased always are.</param>
internal sealed class ContactRows(bool asks)
{
    private static readonly Comparer<(long Customer, string Channel)> Order = Comparer<(long Customer, string Channel)>.Create(static (one, other) =>
        one.Customer != other.Customer ? one.Customer.CompareTo(other.Customer) : string.CompareOrdinal(one.Channel, other.Channel));

    private readonly HashSet<(long Customer, string? Channel)> _asked = [];
    private readonly Dictionary<(long Customer, string Channel), long> _versions = [];
    private readonly SortedDictionary<(long Customer, string Channel), (long Before, ContactWrite Write)> _written = new(Order);

    public void Gather(Commit commit)
    {
        foreach (var contact in asks ? commit.Contacts ?? [] : [])
        {
            _asked.Add((contact.Customer, contact.Channel));
        }

        if (commit.Removal is { } removal)
        {
            _asked.Add((removal.Number, null));
        }
    }

    public void AskIn(RoundTrip trip)
    {
        if (_asked.Count > 0)
        {
            trip.Add(
                new SetCommand<(long Customer, string? Channel)>(Sql.Lock, [.. _asked]).Column(row => row.Customer).Column(row => row.Channel),
                found => _versions[(found.GetInt64(0), found.GetString(1))] = found.GetInt64(2));
        }
    }

    /// <summary>The row of a commit that is not as it was read, as far as is known.</summary>
    public Guard? Refusal(Commit commit) => commit.Contacts?.Find(contact =>
        (_versions.TryGetValue((contact.Customer, contact.Channel), out var version) || asks) && version != contact.ExpectedVersion)?.Overtaken;

    /// <summary>Notes what a commit does that passes.</summary>
    public void Apply(Commit commit)
    {
        foreach (var contact in commit.Contacts ?? [])
        {
            var key = (contact.Customer, contact.Channel);
            _versions[key] = contact.ExpectedVersion + 1;
            _written[key] = (_written.TryGetValue(key, out var earlier) ? earlier.Before : contact.ExpectedVersion, contact);
        }
    }

    public void AddTo(RoundTrip trip)
    {
        if (_written.Values.Where(static row => row.Before > 0).ToList() is { Count: > 0 } changed)
        {
            trip.Add(
                new SetCommand<(long Before, ContactWrite Write)>(Sql.Update, changed)
                    .Column(row => row.Write.Customer).Column(row => row.Write.Channel).Column(row => row.Write.ExpectedVersion + 1).Column(row => row.Write.Messages).Column(row => row.Before),
                found =>
                {
                    if (found.GetInt64(0) != changed.Count)
                    {
                        throw new OvertakenException();
                    }
                });
        }

        if (_written.Values.Where(static row => row.Before == 0).ToList() is { Count: > 0 } added)
        {
            trip.Add(new SetCommand<(long Before, ContactWrite Write)>(Sql.Insert, added)
                .Column(row => row.Write.Customer).Column(row => row.Write.Channel).Column(row => row.Write.ExpectedVersion + 1).Column(row => row.Write.Messages));
        }
    }

    private static class Sql
    {
        // Without a channel, those of all. What is asked for twice is found twice.
        public const string Lock =
            """
            SELECT c.customer, c.channel, c.version FROM unnest($1, $2) AS n (customer, channel)
            JOIN contacts c ON c.customer = n.customer AND (n.channel IS NULL OR c.channel = n.channel) ORDER BY c.customer, c.channel FOR UPDATE OF c
            """;

        public const string Update =
            """
            WITH changed AS (
                UPDATE contacts c SET version = n.version, messages = n.messages
                FROM unnest($1, $2, $3, $4, $5) AS n (customer, channel, version, messages, before)
                WHERE c.customer = n.customer AND c.channel = n.channel AND c.version = n.before RETURNING 1)
            SELECT count(*) FROM changed
            """;

        // Of a customer who was erased meanwhile nothing is noted.
        public const string Insert =
            """
            INSERT INTO contacts (customer, channel, version, messages) SELECT n.* FROM unnest($1, $2, $3, $4) AS n (customer, channel, version, messages)
            WHERE EXISTS (SELECT 1 FROM customers c WHERE c.no = n.customer)
            """;
    }
}
