namespace Marketing.Storage.Postgres;

/// <summary>Asks for the stored side of guarded rows of one table, and locks those that exist until the transaction ends.</summary>
/// <param name="table">Customers or orders.</param>
/// <param name="sourceIdTaken">What it means that another row has a source id.</param>
/// <param name="tellsGone">Whether rows that somebody else holds are told apart from those that are gone. Neither is waited for.</param>
internal sealed class GuardedRows(string table, CommitOutcome sourceIdTaken, bool tellsGone)
{
    // What the index cannot know yet, a row that another silo is just inserting, it refuses when this transaction inserts its own.
    private readonly string _askFree =
        $"""
        SELECT n.ord,
            EXISTS (SELECT 1 FROM {table} r WHERE r.project = n.project AND r.id = n.id),
            EXISTS (SELECT 1 FROM {table} r WHERE r.project = n.project AND r.source_id = n.source_id AND r.no <> n.no)
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS n (no, project, id, source_id, ord)
        """;

    private readonly string _lock =
        $"""
        SELECT n.ord, r.version, n.source_id IS NOT NULL AND n.source_id IS DISTINCT FROM r.source_id
            AND EXISTS (SELECT 1 FROM {table} o WHERE o.project = n.project AND o.source_id = n.source_id AND o.no <> n.no)
        FROM unnest($1, $2, $3) WITH ORDINALITY AS n (no, project, source_id, ord)
        JOIN {table} r ON r.no = n.no AND r.project = n.project
        ORDER BY n.no FOR UPDATE OF r SKIP LOCKED
        """;

    private readonly string _exist =
        $"SELECT n.ord FROM unnest($1, $2) WITH ORDINALITY AS n (no, project, ord) JOIN {table} r ON r.no = n.no AND r.project = n.project";

    private readonly List<GuardedRow> _new = [];
    private readonly List<GuardedRow> _existing = [];

    public GuardedRow Guard(GuardedRow row)
    {
        (row.ExpectedVersion == 0 && row.Id is not null ? _new : _existing).Add(row);
        return row;
    }

    public void AskIn(RoundTrip trip)
    {
        if (_existing.Count > 0)
        {
            // In order of number everywhere: whoever locks in one order never waits in a circle.
            _existing.Sort(static (one, other) => one.Number.CompareTo(other.Number));
            trip.Add(
                new SetCommand<GuardedRow>(_lock, _existing)
                    .Column(row => row.Number).Column(row => row.Project).Column(row => row.SourceId),
                found =>
                {
                    var row = _existing[(int)found.GetInt64(0) - 1];
                    (row.Version, row.SourceIdTaken) = (found.GetInt64(1), found.GetBoolean(2) ? sourceIdTaken : null);
                });
        }

        if (_existing.Count > 0 && tellsGone)
        {
            trip.Add(
                new SetCommand<GuardedRow>(_exist, _existing).Column(row => row.Number).Column(row => row.Project),
                found => _existing[(int)found.GetInt64(0) - 1].Exists = true);
        }

        if (_new.Count > 0)
        {
            trip.Add(
                new SetCommand<GuardedRow>(_askFree, _new)
                    .Column(row => row.Number).Column(row => row.Project).Column(row => row.Id).Column(row => row.SourceId),
                found =>
                {
                    var row = _new[(int)found.GetInt64(0) - 1];
                    (row.Version, row.SourceIdTaken) = (found.GetBoolean(1) ? -1 : 0, found.GetBoolean(2) ? sourceIdTaken : null);
                });
        }
    }
}
