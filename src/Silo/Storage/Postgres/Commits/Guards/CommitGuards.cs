namespace Marketing.Storage.Postgres;

/// <summary>
/// The guards of a group: all of them are read, and what they found is locked, before anything is written. So a refused commit leaves
/// nothing to undo however many guards it has.
/// </summary>
internal sealed class CommitGuards
{
    private readonly bool _tellsGone;
    private readonly GuardedRows _customers;
    private readonly SortedDictionary<string, GuardedRows> _tables = new(StringComparer.Ordinal);
    private readonly SortedSet<int> _matched = [];
    private readonly Dictionary<int, long> _catalogues = [];
    private readonly SortedSet<(int Distribution, int Lane)> _lanes = [];
    private readonly Dictionary<(int Distribution, int Lane), long> _epochs = [];
    private readonly List<(int Project, string Key)> _operations = [];
    private readonly HashSet<(int Project, string Key)> _known = [];
    private readonly Dictionary<PendingCommit, GuardedRow[]> _found = [];

    /// <param name="group">The commits.</param>
    /// <param name="tellsGone">Whether rows that somebody else holds are told apart from those that are gone. The commits of either are left out otherwise.</param>
    /// <param name="overtaken">Whether somebody was faster the last time, so that what is usually only a condition of a write is read first.</param>
    public CommitGuards(IReadOnlyList<PendingCommit> group, bool tellsGone, bool overtaken)
    {
        _tellsGone = tellsGone;

        // Who is erased has contacts that nobody named; they are locked in one order with those of the others.
        (Addresses, Contacts) = (new AddressRows(overtaken), new ContactRows(overtaken || group.Any(static pending => pending.Commit.Removal is not null)));
        _customers = new GuardedRows(GuardedSql.Customers, tellsGone);
        foreach (var pending in group)
        {
            _found.Add(pending, Gather(pending.Commit));
        }
    }

    /// <summary>Where the messages are that the commits move.</summary>
    public MessageBatches Messages { get; } = new();

    /// <summary>The accounts that the commits change.</summary>
    public BalanceRows Balances { get; } = new();

    /// <summary>The addresses that their messages go to.</summary>
    public AddressRows Addresses { get; }

    /// <summary>The customers they write to.</summary>
    public ContactRows Contacts { get; }

    public void AskIn(RoundTrip trip)
    {
        if (_matched.Count > 0)
        {
            // First of all: a change of the catalogue waits for this lock and for nothing else of the transaction.
            trip.Add(new SetCommand<int>(PostgresCatalogueVersions.LockShared, [.. _matched]).Column(project => project), static _ => { });
            trip.Add(
                new SetCommand<int>(PostgresCatalogueVersions.Current, [.. _matched]).Column(project => project),
                found => _catalogues.Add(found.GetInt32(0), found.GetInt64(1)));
        }

        if (_lanes.Count > 0)
        {
            // Shared, so that many commits of a lane pass; a silo that claims the lane waits until they are written.
            trip.Add(
                new SetCommand<(int Distribution, int Lane)>(Sql.LockLanes, [.. _lanes]).Column(lane => lane.Distribution).Column(lane => lane.Lane),
                found => _epochs.Add((found.GetInt32(0), found.GetInt32(1)), found.GetInt64(2)));
        }

        if (_operations.Count > 0)
        {
            trip.Add(
                new SetCommand<(int Project, string Key)>(Sql.KnownOperations, _operations)
                    .Column(operation => operation.Project).Column(operation => operation.Key),
                found => _known.Add(_operations[(int)found.GetInt64(0) - 1]));
        }

        Messages.AskIn(trip);
        foreach (var rows in _tables.Values)
        {
            rows.AskIn(trip);
        }

        _customers.AskIn(trip);

        // Late, because here others are waited for: a much wanted account is locked as shortly as can be. Before the contacts, which are locked when they are
        // written unless they are asked for: they come after the accounts either way, so that nobody waits in a circle.
        Balances.AskIn(trip);
        Contacts.AskIn(trip);
        Addresses.AskIn(trip);
    }

    /// <summary>What becomes of a commit, once the answers are in. Those of a group are asked one after the other: what one takes from an account the next does not find.</summary>
    public CommitOutcome Decide(PendingCommit pending, ICatalogueFence catalogues)
    {
        var commit = pending.Commit;
        if (commit.CatalogueVersion > 0
            && _catalogues.GetValueOrDefault(commit.Project, PostgresCatalogueVersions.First) is var current && commit.CatalogueVersion < current)
        {
            catalogues.Observe(commit.Project, current);
            return new Guard.Catalogue(commit.Project);
        }

        if (commit.Fence is { } fence && !(_epochs.TryGetValue((fence.Distribution, fence.Lane), out var epoch) && epoch == fence.Epoch))
        {
            return new Guard.Lane(fence.Distribution, fence.Lane);
        }

        if (commit.Operation is { } operation && _known.Contains((commit.Project, operation.Key)))
        {
            return new Guard.Operation(operation.Key);
        }

        // Before the rows: given again, its rows are no longer as they were because it was written.
        if (commit.Balances.Count > 0 && Balances.MadeBefore(commit) is { } made)
        {
            return new CommitOutcome(made);
        }

        foreach (var row in _found[pending])
        {
            if (row.Refusal is { } refusal)
            {
                return refusal;
            }
        }

        if ((Addresses.Refusal(commit) ?? Contacts.Refusal(commit)) is { } known)
        {
            return known;
        }

        if (commit.Balances.Count > 0 && Balances.Apply(commit) is { } outOfBounds)
        {
            return outOfBounds;
        }

        Addresses.Apply(commit);
        Contacts.Apply(commit);
        return CommitOutcome.Durable;
    }

    /// <summary>Whether a row it guards is held by another transaction, or gone; the caller finds out which.</summary>
    public bool IsHeldUp(PendingCommit pending) =>
        Array.Exists(_found[pending], row => row.IsUnseen && (row.Exists || !_tellsGone));

    private GuardedRow[] Gather(Commit commit)
    {
        if (commit.CatalogueVersion > 0)
        {
            _matched.Add(commit.Project);
        }

        if (commit.Fence is { } fence)
        {
            _lanes.Add((fence.Distribution, fence.Lane));
        }

        if (commit.Operation is { } operation)
        {
            _operations.Add((commit.Project, operation.Key));
        }

        Messages.Gather(commit);
        Balances.Gather(commit);
        Addresses.Gather(commit);
        Contacts.Gather(commit);
        var rows = new GuardedRow[commit.Rows.Count + (commit.Removal is null ? 0 : 1) + (commit.Customer is null ? 0 : 1)];
        var next = 0;
        foreach (var write in commit.Rows)
        {
            rows[next++] = RowsOf(write.Table).Guard(RowOf(commit.Project, write));
        }

        if (commit.Removal is { } removal)
        {
            rows[next++] = _customers.Guard(new GuardedRow(CustomerWrite.Table, commit.Project, removal.Number, removal.ExpectedVersion));
        }

        if (commit.Customer is { } customer)
        {
            rows[next] = _customers.Guard(
                new GuardedRow(CustomerWrite.Table, commit.Project, customer.Number, customer.ExpectedVersion) { Id = customer.Id, Unique = [customer.SourceId] });
        }

        return rows;
    }

    private GuardedRows RowsOf(Table table)
    {
        if (!_tables.TryGetValue(table.Name, out var rows))
        {
            _tables.Add(table.Name, rows = new GuardedRows(GuardedSql.Of(table), _tellsGone));
        }

        return rows;
    }

    private static GuardedRow RowOf(int project, RowWrite write) => new(write.Table.Name, project, write.Row.Number, write.Row.Version)
    {
        Id = write.Row.Id,
        Unique = write.Deletes ? [] : [.. write.Table.Unique.Select(column => column.TextOf(write.Row))],
    };

    private static class Sql
    {
        public const string LockLanes =
            """
            SELECT l.distribution, l.lane, l.epoch FROM unnest($1, $2) AS n (distribution, lane)
            JOIN lanes l ON l.distribution = n.distribution AND l.lane = n.lane
            ORDER BY l.distribution, l.lane FOR SHARE OF l
            """;

        public const string KnownOperations =
            """
            SELECT n.ord FROM unnest($1, $2) WITH ORDINALITY AS n (project, key, ord)
            JOIN operations o ON o.project = n.project AND o.key = n.key
            """;
    }
}
