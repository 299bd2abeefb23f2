using Microsoft.Extensions.Logging;

namespace Marketing.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log back into the database file from a thread of its own while commits go on. That alone never catches
/// up with a busy writer, and the log starts from its beginning only when everything was copied: so as soon as little is left,
/// the writer copies the rest between two transactions.
/// </summary>
internal sealed partial class SqliteCheckpoints : IDisposable
{
    private const int PagesToStart = 4_000;
    private const int PagesForWriter = 2_000;

    // A reader of an old snapshot can keep pages from being copied however often it is tried.
    private const int MostPasses = 3;

    // From here on a larger log costs more than a pause: readers search it, and a restart reads all of it.
    private const int MostPages = 100_000;

    private readonly SqliteDataSource _source;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;

    private int _sinceStart;
    private int _inLog;
    private bool _running;
    private volatile bool _writerMayFinish;
    private volatile bool _stopped;

    public SqliteCheckpoints(SqliteDataSource source, ILogger logger)
    {
        _source = source;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "sqlite checkpoints" };
        _thread.Start();
    }

    /// <summary>Called by the writer after each transaction; whether it should copy what is left now.</summary>
    public bool Written(int pages)
    {
        _inLog += pages;
        _sinceStart += pages;
        if (_writerMayFinish)
        {
            return true;
        }

        if (!_running && _sinceStart >= PagesToStart)
        {
            _running = true;
            _sinceStart = 0;
            _wake.Set();
        }

        return _running && _inLog >= MostPages && _sinceStart >= PagesToStart;
    }

    /// <summary>Called by the writer when it has copied.</summary>
    public void Finished(int pagesLeft)
    {
        _sinceStart = 0;
        if (_writerMayFinish)
        {
            _writerMayFinish = false;
            _running = false;
        }

        if (pagesLeft == 0)
        {
            _inLog = 0;
        }
    }

    public void Dispose()
    {
        _stopped = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
    }

    private void Run()
    {
        SqliteSession? session = null;
        while (_wake.WaitOne() && !_stopped)
        {
            try
            {
                session ??= new SqliteSession(_source);
                for (var pass = 0; pass < MostPasses && !_stopped && session.Checkpoint() > PagesForWriter; pass++)
                {
                }
            }
            catch (SqliteFailure failure)
            {
                LogFailed(failure);
                session?.Dispose();
                session = null;
            }

            _writerMayFinish = true;
        }

        session?.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "The write-ahead log could not be copied back")]
    private partial void LogFailed(Exception failure);
}
