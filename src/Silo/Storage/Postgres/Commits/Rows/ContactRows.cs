namespace Marketing.Storage.Postgres;

/// <summary>
/// What is noted of customers a group writes to. The rows are locked in one order, waiting for the transaction that holds one: of two silos that write to a customer the second sees what the
/// first noted. A row that another silo inserts in between fails the transaction, which reads them again.
/// </summary>
internal sealed class ContactRows
{
    private static readonly Comparer<(long Customer, string Channel)> Order = Comparer<(long Customer, string Channel)>.Create(static (one, other) =>
        one.Customer != other.Customer ? one.Customer.CompareTo(other.Customer) : string.CompareOrdinal(one.Channel, other.Channel));

    private readonly SortedDictionary<(long Customer, string Channel), long> _versions = new(Order);
    private readonly SortedDictionary<(long Customer, string Channel), ContactWrite> _added = new(Order);
    private readonly SortedDictionary<(long Customer, string Channel), ContactWrite> _changed = new(Order);

    public void Gather(Commit commit)
    {
        foreach (var contact in commit.Contacts ?? [])
        {
            _versions[(contact.Customer, contact.Channel)] = 0;
        }
    }

    public void AskIn(RoundTrip trip)
    {
        if (_versions.Count > 0)
        {
            trip.Add(
                new SetCommand<(long Customer, string Channel)>(Sql.Lock, [.. _versions.Keys]).Column(row => row.Customer).Column(row => row.Channel),
                found => _versions[(found.GetInt64(0), found.GetString(1))] = found.GetInt64(2));
        }
    }

    /// <summary>The row of a commit that is not as it was read.</summary>
    public Guard? Refusal(Commit commit) =>
        commit.Contacts?.Find(contact => _versions[(contact.Customer, contact.Channel)] != contact.ExpectedVersion)?.Overtaken;

    /// <summary>Notes what a commit does that passes.</summary>
    public void Apply(Commit commit)
    {
        foreach (var contact in commit.Contacts ?? [])
        {
            var key = (contact.Customer, contact.Channel);
            _versions[key] = contact.ExpectedVersion + 1;
            if (contact.ExpectedVersion == 0 || _added.ContainsKey(key))
            {
                _added[key] = contact;
            }
            else
            {
                _changed[key] = contact;
            }
        }
    }

    public void AddTo(RoundTrip trip)
    {
        Add(trip, Sql.Update, _changed);
        Add(trip, Sql.Insert, _added);
    }

    private static void Add(RoundTrip trip, string sql, SortedDictionary<(long Customer, string Channel), ContactWrite> rows)
    {
        if (rows.Count > 0)
        {
            trip.Add(new SetCommand<ContactWrite>(sql, [.. rows.Values])
                .Column(row => row.Customer).Column(row => row.Channel).Column(row => row.ExpectedVersion + 1).Column(row => row.Messages));
        }
    }

    private static class Sql
    {
        public const string Lock =
            """
            SELECT c.customer, c.channel, c.version FROM unnest($1, $2) WITH ORDINALITY AS n (customer, channel, ord)
            JOIN contacts c ON c.customer = n.customer AND c.channel = n.channel ORDER BY n.ord FOR UPDATE OF c
            """;

        public const string Update =
            """
            UPDATE contacts c SET version = n.version, messages = n.messages FROM unnest($1, $2, $3, $4) AS n (customer, channel, version, messages)
            WHERE c.customer = n.customer AND c.channel = n.channel
            """;

        public const string Insert = "INSERT INTO contacts (customer, channel, version, messages) SELECT n.* FROM unnest($1, $2, $3, $4) AS n";
    }
}
