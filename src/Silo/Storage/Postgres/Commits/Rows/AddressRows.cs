namespace Marketing.Storage.Postgres;

/// <summary>
/// The addresses that messages of a group are to have. Whoever gives one away has looked for it, so they are inserted without being asked for. Where another silo was faster the transaction fails and is
/// repeated, and then it is read first who has them: so it is known whose commit is refused.
/// </summary>
/// <param name="asks">Whether it is read first who has them.</param>
internal sealed class AddressRows(bool asks)
{
    private readonly Dictionary<(int Distribution, string Address), long> _holders = [];
    private readonly HashSet<(int Distribution, string Address)> _asked = [];
    private readonly List<AddressClaim> _given = [];

    public void Gather(Commit commit)
    {
        foreach (var claim in asks ? commit.Addresses ?? [] : [])
        {
            _asked.Add((claim.Distribution, claim.Address));
        }
    }

    public void AskIn(RoundTrip trip)
    {
        if (_asked.Count > 0)
        {
            trip.Add(
                new SetCommand<(int Distribution, string Address)>(Sql.Holders, [.. _asked]).Column(row => row.Distribution).Column(row => row.Address),
                found => _holders.Add((found.GetInt32(0), found.GetString(1)), found.GetInt64(2)));
        }
    }

    /// <summary>The claim of a commit that does not hold.</summary>
    public Guard? Refusal(Commit commit)
    {
        foreach (var claim in commit.Addresses ?? [])
        {
            if (_holders.TryGetValue((claim.Distribution, claim.Address), out var holder) && holder != claim.Message)
            {
                return claim.TakenBy(holder);
            }
        }

        return null;
    }

    /// <summary>Gives them to the messages of a commit that passes.</summary>
    public void Apply(Commit commit)
    {
        foreach (var claim in commit.Addresses ?? [])
        {
            if (_holders.TryAdd((claim.Distribution, claim.Address), claim.Message))
            {
                _given.Add(claim);
            }
        }
    }

    public void AddTo(RoundTrip trip)
    {
        if (_given.Count > 0)
        {
            // In one order everywhere: who wants the same waits for one row and not in a circle.
            _given.Sort(static (one, other) => one.Distribution != other.Distribution ? one.Distribution.CompareTo(other.Distribution) : string.CompareOrdinal(one.Address, other.Address));
            trip.Add(new SetCommand<AddressClaim>(Sql.Insert, _given).Column(row => row.Distribution).Column(row => row.Address).Column(row => row.Message));
        }
    }

    private static class Sql
    {
        public const string Holders =
            """
            SELECT a.distribution, a.address, a.message FROM unnest($1, $2) AS n (distribution, address)
            JOIN message_addresses a ON a.distribution = n.distribution AND a.address = n.address
            """;

        public const string Insert = "INSERT INTO message_addresses (distribution, address, message) SELECT n.* FROM unnest($1, $2, $3) AS n";
    }
}
