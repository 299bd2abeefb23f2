using System.Threading.Channels;
using Marketing.Customers;
using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

/// <summary>
/// Loads the rows of cold customers. Loads asked for at the same time are read by one thread in one read transaction: that
/// saves a lock and a snapshot per row, and a thousand activations do not queue for a thousand connections.
/// </summary>
internal sealed class CustomerLoader : IDisposable
{
    private const int MostPerTransaction = 500;

    private readonly SqliteReaders _readers;
    private readonly Channel<CustomerLoad> _waiting = Channel.CreateUnbounded<CustomerLoad>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly Thread _thread;

    private SqliteSession? _session;

    public CustomerLoader(SqliteReaders readers)
    {
        _readers = readers;
        _thread = new Thread(Run) { IsBackground = true, Name = "sqlite customer loads" };
        _thread.Start();
    }

    public Task<CustomerRow?> LoadAsync(int project, string id)
    {
        var load = new CustomerLoad(project, id);
        return _waiting.Writer.TryWrite(load)
            ? load.Answer.Task
            : Task.FromException<CustomerRow?>(new StorageClosedException());
    }

    public void Dispose()
    {
        if (_waiting.Writer.TryComplete())
        {
            _thread.Join();
        }
    }

    private void Run()
    {
        var group = new List<CustomerLoad>();
        var reader = _waiting.Reader;
        using var wait = new ThreadWait<CustomerLoad>(reader);
        while (wait.WaitToRead())
        {
            while (group.Count < MostPerTransaction && reader.TryRead(out var load))
            {
                group.Add(load);
            }

            Read(group);
            group.Clear();
        }

        _session?.Dispose();
    }

    private void Read(List<CustomerLoad> group)
    {
        try
        {
            _session ??= _readers.Open();
            _session.Execute("BEGIN");
            foreach (var load in group)
            {
                load.Row = _session.Prepare(CustomerSql.ById).Bind(load.Project).Bind(load.Id).ReadFirst(CustomerSql.Row);
            }

            _session.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            _session?.Dispose();
            _session = null;
            foreach (var load in group)
            {
                load.Answer.TrySetException(new StorageUnavailableException("The database did not answer.", failure));
            }

            return;
        }

        foreach (var load in group)
        {
            load.Answer.TrySetResult(load.Row);
        }
    }

    private sealed class CustomerLoad(int project, string id)
    {
        public int Project { get; } = project;

        public string Id { get; } = id;

        public CustomerRow? Row { get; set; }

        public TaskCompletionSource<CustomerRow?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
