using System.Threading.Channels;
using Marketing.Customers;
using Marketing.Storage.Relational;
using static Marketing.Storage.Postgres.PostgresParameters;

namespace Marketing.Storage.Postgres;

/// <summary>
/// Reads of customers, in PostgreSQL. Cold rows asked for at the same time share a round trip: what comes in while one is under way
/// goes with the next.
/// </summary>
internal sealed class PostgresCustomerStore : CustomerStore, IAsyncDisposable
{
    private const int MostPerTrip = 500;

    // Two, so that a slow trip does not hold up all others.
    private const int Trips = 2;

    private readonly PostgresDatabase _database;
    private readonly Channel<Load> _waiting = Channel.CreateUnbounded<Load>();
    private readonly Task[] _loops;

    public PostgresCustomerStore(PostgresDatabase database)
        : base(database)
    {
        _database = database;
        _loops = [.. Enumerable.Range(0, Trips).Select(_ => Task.Run(LoadAsync))];
    }

    public override Task<CustomerRow?> LoadAsync(int project, string id)
    {
        var load = new Load(project, id);
        return _waiting.Writer.TryWrite(load) ? load.Answer.Task : Task.FromException<CustomerRow?>(new StorageClosedException());
    }

    public override async Task<IReadOnlyList<CustomerRow>> LoadManyAsync(int project, IReadOnlyCollection<string> keys, bool bySource)
    {
        return await _database.RowsAsync(bySource ? Sql.ManyBySource : Sql.ManyById, CustomerSql.Row, Int(project), Texts(keys));
    }

    public override async Task<IReadOnlyList<CustomerRow>> LoadByEmailAsync(int project, IReadOnlyCollection<string> spellings, int most) =>
        await _database.RowsAsync(Sql.ManyByEmail, CustomerSql.Row, Int(project), Texts(spellings), Int(most));

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await Task.WhenAll(_loops);
    }

    private async Task LoadAsync()
    {
        var batch = new List<Load>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostPerTrip && _waiting.Reader.TryRead(out var load))
            {
                batch.Add(load);
            }

            if (batch.Count > 0)
            {
                await LoadAsync(batch);
                batch.Clear();
            }
        }
    }

    private async Task LoadAsync(List<Load> batch)
    {
        try
        {
            var rows = await _database.RowsAsync(
                Sql.ManyByKey, CustomerSql.Row, Ints(batch.Select(load => load.Project)), Texts(batch.Select(load => load.Id)));
            var found = rows.ToDictionary(row => (row.Project, row.Id));
            foreach (var load in batch)
            {
                load.Answer.TrySetResult(found.GetValueOrDefault((load.Project, load.Id)));
            }
        }
        catch (Exception failure)
        {
            foreach (var load in batch)
            {
                load.Answer.TrySetException(failure);
            }
        }
    }

    private sealed class Load(int project, string id)
    {
        public int Project => project;

        public string Id => id;

        public TaskCompletionSource<CustomerRow?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static class Sql
    {
        public const string ManyById = "SELECT " + CustomerSql.Columns + " FROM customers c WHERE c.project = $1 AND c.id = ANY($2)";

        public const string ManyBySource = "SELECT " + CustomerSql.Columns + " FROM customers c WHERE c.project = $1 AND c.source_id = ANY($2)";

        public const string ManyByEmail =
            "SELECT c.* FROM unnest($2) k(email) CROSS JOIN LATERAL (SELECT " + CustomerSql.Columns
            + " FROM customers c WHERE c.project = $1 AND c.email IS NOT NULL AND lower(c.email) = k.email LIMIT $3) c";

        // Each pair once: the same customer may be asked for twice.
        public const string ManyByKey =
            "SELECT " + CustomerSql.Columns + " FROM (SELECT DISTINCT * FROM unnest($1, $2)) k(project, id)"
            + " JOIN customers c ON c.project = k.project AND c.id = k.id";
    }
}
