using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>The write connection inside an open transaction, as bulk work sees it.</summary>
internal sealed class CommitSession : IDisposable
{
    private readonly SqliteSession _session;
    private readonly CommitTransaction _commits;
    private readonly CounterDeltas _transaction = new();
    private readonly CounterDeltas _attempt = new();
    private readonly ImportRows _imports = new();

    public CommitSession(SqliteSession session, ICatalogueFence catalogues, TableSet tables)
    {
        _session = session;
        Counters = _transaction;
        Customers = new CustomerRows(session);
        Positions = new CommitPositions(session);
        Messages = new MessageRows(session, Positions);
        _commits = new CommitTransaction(session, catalogues, Customers, new TableRows(session, tables), new BalanceRows(session), Messages, new CourtesyRows(session), _imports);

        // Checkpoints have their own thread: an automatic one would hold up the last commit.
        session.Execute("PRAGMA wal_autocheckpoint = 0");
    }

    /// <summary>Where changed rows are counted.</summary>
    public CounterDeltas Counters { get; private set; }

    public CustomerRows Customers { get; }

    public MessageRows Messages { get; }

    public CommitPositions Positions { get; }

    /// <summary>The same connection for statements that both engines share.</summary>
    public ISqlSession Shared => _session;

    public SqliteStatement Prepare(string sql) => _session.Prepare(sql);

    /// <summary>Reserves consecutive numbers for good; returns the first.</summary>
    public long Reserve(NumberSequence sequence, int count) =>
        Prepare(
            """
            INSERT INTO sequences (name, next) VALUES (?1, 1 + ?2)
            ON CONFLICT (name) DO UPDATE SET next = next + ?2 RETURNING next - ?2
            """)
            .Bind(sequence.Name).Bind(count).ReadFirst(static row => row.Number(0));

    public CommitOutcome Apply(Commit commit) => _commits.Apply(commit, Counters);

    /// <summary>Runs work so that its failure undoes what it did and nothing else.</summary>
    public T RunApart<T>(Func<CommitSession, T> work)
    {
        _session.Execute("SAVEPOINT work");
        Counters = _attempt;
        try
        {
            var result = work(this);
            _session.Execute("RELEASE work");
            _transaction.Add(_attempt);
            return result;
        }
        catch (Exception failure) when (_session.InTransaction && failure is not SqliteFailure { Unavailable: true })
        {
            _session.Execute("ROLLBACK TO work");
            _session.Execute("RELEASE work");
            throw;
        }
        finally
        {
            _attempt.Clear();
            Counters = _transaction;
        }
    }

    public void Begin() => _session.Execute("BEGIN IMMEDIATE");

    public void Commit()
    {
        _transaction.Write(_session);
        Positions.Write();
        WriteImports();
        _session.Execute("COMMIT");
    }

    public void Rollback()
    {
        _transaction.Clear();
        Positions.Clear();
        _imports.Clear();
        _session.ResetAll();
    }

    public bool InTransaction => _session.InTransaction;

    public int TakePagesWritten() => _session.TakePagesWritten();

    public int Checkpoint() => _session.Checkpoint();

    public void Dispose() => _session.Dispose();

    private void WriteImports()
    {
        foreach (var (project, action, last, rows) in _imports.Stored())
        {
            Prepare("INSERT INTO import_rows (project, action, last, rows) VALUES (?1, ?2, ?3, ?4)").Bind(project).Bind(action).Bind(last).Bind(rows).Run();
        }

        _imports.Clear();
    }
}
