namespace Marketing.Storage.Postgres;

/// <summary>
/// The accounts that a group changes. They are locked in one order, waiting for the transaction that holds one: on a much wanted account silos queue instead of
/// undoing each other's work. The commits of the group are then decided one after the other here, so that an account costs one row a transaction.
/// </summary>
internal sealed class BalanceRows
{
    private readonly SortedDictionary<(int Project, string Account), Account> _accounts =
        new(Comparer<(int Project, string Account)>.Create(static (one, other) =>
            one.Project != other.Project ? one.Project.CompareTo(other.Project) : string.CompareOrdinal(one.Account, other.Account)));

    private readonly List<long> _asked = [];
    private readonly HashSet<long> _made = [];
    private readonly List<(int Project, BalanceChange Change, long Position, long Value)> _applied = [];

    public void Gather(Commit commit)
    {
        foreach (var change in commit.Balances)
        {
            _accounts.TryAdd((commit.Project, change.Account), new Account());
            _asked.Add(change.Entry);
        }
    }

    public void AskIn(RoundTrip trip)
    {
        if (_accounts.Count == 0)
        {
            return;
        }

        List<(int Project, string Account)> accounts = [.. _accounts.Keys];
        trip.Add(Keyed(Sql.Open, accounts));
        trip.Add(Keyed(Sql.Lock, accounts), found =>
        {
            var account = _accounts[accounts[(int)found.GetInt64(0) - 1]];
            (account.Value, account.Entries) = (found.GetInt64(1), found.GetInt64(2));
        });
        trip.Add(new SetCommand<long>(Sql.Made, _asked).Column(entry => entry), found => _made.Add(found.GetInt64(0)));
    }

    /// <summary>The change of a commit that was made before; null when none was.</summary>
    public Guard? MadeBefore(Commit commit) => commit.Balances.Find(change => _made.Contains(change.Entry)) is { } made ? Ledger.AlreadyHas(made) : null;

    /// <summary>Makes the changes of a commit, all or none; the guard that does not hold where it is none.</summary>
    public Guard? Apply(Commit commit)
    {
        Dictionary<string, long>? earlier = null;
        foreach (var change in commit.Balances)
        {
            var value = earlier is not null && earlier.TryGetValue(change.Account, out var known) ? known : _accounts[(commit.Project, change.Account)].Value;
            if (change.AppliedTo(value) is not { } after)
            {
                return new Guard.Balance(change.Account, value);
            }

            if (commit.Balances.Count > 1)
            {
                (earlier ??= new Dictionary<string, long>(StringComparer.Ordinal))[change.Account] = after;
            }
        }

        foreach (var change in commit.Balances)
        {
            var account = _accounts[(commit.Project, change.Account)];
            account.Value = change.AppliedTo(account.Value)!.Value;
            account.IsChanged = true;
            _made.Add(change.Entry);
            _applied.Add((commit.Project, change, ++account.Entries, account.Value));
        }

        return null;
    }

    public void AddTo(RoundTrip trip)
    {
        // Opened for somebody who was refused.
        if (_accounts.Where(static account => account.Value is { IsChanged: false, Entries: 0 }).Select(static account => account.Key).ToList() is { Count: > 0 } untouched)
        {
            trip.Add(Keyed(Sql.Close, untouched));
        }

        if (_applied.Count == 0)
        {
            return;
        }

        trip.Add(new SetCommand<KeyValuePair<(int Project, string Account), Account>>(Sql.Update, [.. _accounts.Where(static account => account.Value.IsChanged)])
            .Column(row => row.Key.Project).Column(row => row.Key.Account).Column(row => row.Value.Value).Column(row => row.Value.Entries));
        trip.Add(new SetCommand<(int Project, BalanceChange Change, long Position, long Value)>(Sql.Enter, _applied)
            .Column(row => row.Project).Column(row => row.Change.Account).Column(row => row.Position).Column(row => row.Change.Entry).Column(row => row.Change.Delta)
            .Column(row => row.Value).Column(row => row.Change.Type).Column(row => row.Change.At.ToStored()).Column(row => row.Change.Document).Column(row => row.Change.Listed));
    }

    private static SetCommand<(int Project, string Account)> Keyed(string sql, List<(int Project, string Account)> accounts) =>
        new SetCommand<(int Project, string Account)>(sql, accounts).Column(row => row.Project).Column(row => row.Account);

    private sealed class Account
    {
        public long Value { get; set; }

        public long Entries { get; set; }

        public bool IsChanged { get; set; }
    }

    private static class Sql
    {
        // A row to lock, where nobody has changed the account so far.
        public const string Open =
            """
            INSERT INTO balances (project, account, value, entries) SELECT n.project, n.account, 0, 0 FROM unnest($1, $2) AS n (project, account)
            ON CONFLICT DO NOTHING
            """;

        public const string Close =
            "DELETE FROM balances b USING unnest($1, $2) AS n (project, account) WHERE b.project = n.project AND b.account = n.account AND b.entries = 0";

        public const string Lock =
            """
            SELECT n.ord, b.value, b.entries FROM unnest($1, $2) WITH ORDINALITY AS n (project, account, ord)
            JOIN balances b ON b.project = n.project AND b.account = n.account
            ORDER BY n.ord FOR UPDATE OF b
            """;

        public const string Made =
            """
            SELECT l.no FROM unnest($1) AS n (no) JOIN ledger l ON l.no = n.no
            """;

        public const string Update =
            """
            UPDATE balances b SET value = n.value, entries = n.entries FROM unnest($1, $2, $3, $4) AS n (project, account, value, entries)
            WHERE b.project = n.project AND b.account = n.account
            """;

        public const string Enter =
            """
            INSERT INTO ledger (project, account, position, no, delta, value, type, created_at, document, listed)
            SELECT n.* FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS n
            """;
    }
}
