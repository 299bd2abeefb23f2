using System.Text;
using Marketing.Orders;
using Marketing.Storage.DataPlane;
using Marketing.Storage.Postgres;
using Marketing.Storage.Sqlite;
using Marketing.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Marketing.Storage;

/// <summary>A database that was in use before the newest scripts, with messages in every state there is.</summary>
public sealed class PostgresUpgradeTests : IAsyncLifetime
{
    private const int Distribution = 5;

    private PostgresDatabase? _database;

    private PostgresDatabase Database => _database!;

    public async ValueTask InitializeAsync() => _database = await PostgresDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task What_keys_did_to_orders_is_kept_without_the_orders()
    {
        await UpgradeAsync(upTo: 22);
        await Database.ScalarAsync($"INSERT INTO operations (project, key, fingerprint, result, created_at) VALUES {OperationsBefore("convert_to", ", 'UTF8')")}");
        await UpgradeAsync(upTo: int.MaxValue);
        await using var source = Database.CreateSource();
        await using var plane = await Plane.StartAsync(services => services.AddSingleton(_ => source).AddPostgresDataPlane());
        await HaveNoOrdersAsync(plane);
    }

    [Fact]
    public async Task What_keys_did_to_orders_is_kept_without_the_orders_in_files_too()
    {
        using var file = new DatabaseFile();
        await using (var database = new SqliteDataSource(new SqliteOptions(file.FullName)))
        {
            var scripts = SchemaScript.EmbeddedFor(SqliteSchemaDialect.Engine).Where(script => script.Version <= 22).ToList();
            await new SchemaUpgrader(database, new SqliteSchemaDialect(), scripts, TimeProvider.System, NullLogger<SchemaUpgrader>.Instance)
                .UpgradeAsync(TestContext.Current.CancellationToken);
        }

        using (var session = new SqliteSession(new SqliteDataSource(new SqliteOptions(file.FullName))))
        {
            session.Execute($"INSERT INTO operations (project, key, fingerprint, result, created_at) VALUES {OperationsBefore("CAST", " AS BLOB)")}");
        }

        await using var plane = await Plane.StartAsync(services => services.AddSqliteDataPlane(file.FullName));
        await HaveNoOrdersAsync(plane);
    }

    private static string OperationsBefore(string begin, string end) => string.Join(", ", new[]
    {
        ("order", """{"id":"ord_1","source_id":"o","metadata":{"name":"Ada Löwe"},"object":"order"}"""), ("event", """["evcus_1"]"""), ("retry", """{"Queued":3,"Finished":true}"""),
    }.Select(operation => $"({Plane.Project}, '{operation.Item1}', 'f', {begin}('{operation.Item2}'{end}, 0)")) + $", ({Plane.Project}, 'customer', 'f', NULL, 0)";

    private static async Task HaveNoOrdersAsync(Plane plane)
    {
        async Task<byte[]?> ResultAsync(string key) => (await plane.Operations.FindAsync(Plane.Project, key))!.Result;
        Assert.Equal("ord_1", RecordedOrder.Read((await ResultAsync("order"))!));
        Assert.DoesNotContain("Ada", Encoding.UTF8.GetString((await ResultAsync("order"))!), StringComparison.Ordinal);
        Assert.Equal("""["evcus_1"]""", Encoding.UTF8.GetString((await ResultAsync("event"))!));
        Assert.Equal("""{"Queued":3,"Finished":true}""", Encoding.UTF8.GetString((await ResultAsync("retry"))!));
        Assert.Null(await ResultAsync("customer"));
    }

    [Fact]
    public async Task Messages_come_along_into_batches_each_in_its_state()
    {
        await UpgradeAsync(upTo: 10);

        // 1 to 500 wait, 501 to 503 wait for another attempt. Of a hand-off that a crash cut short, 601 is out and 602 and 603 may be.
        await Database.ScalarAsync(
            $"""
            INSERT INTO distributions (number, project, id, status, channels, created_at, document) VALUES ({Distribution}, {Plane.Project}, 'distr_5', 'live', ',email,', 0, '');
            INSERT INTO messages (distribution, no, project, lane, customer, occurrence, channel, status, due_at, created_at, epoch, finished_at, failed_at)
            SELECT {Distribution}, i, {Plane.Project}, 0, i, 1, 'email', status, 1000 + i % 2, 0, 1, CASE WHEN status >= 3 THEN 2000 + i END, failed_at
            FROM (
                SELECT i, 0 AS status, CAST(NULL AS bigint) AS failed_at FROM generate_series(1, 500) AS i
                UNION ALL SELECT i, 1, 900 FROM generate_series(501, 503) AS i
                UNION ALL SELECT 601, 3, NULL UNION ALL SELECT i, 2, NULL FROM generate_series(602, 603) AS i
                UNION ALL SELECT 701, 3, NULL UNION ALL SELECT 702, 3, 950 UNION ALL SELECT 703, 4, 950 UNION ALL SELECT 704, 5, NULL UNION ALL SELECT 705, 6, NULL
            ) states;
            UPDATE messages SET status = 0 WHERE status = 2;
            INSERT INTO lanes (distribution, lane, epoch) VALUES ({Distribution}, 0, 1);
            INSERT INTO hand_offs (distribution, lane, no, epoch, messages) VALUES ({Distribution}, 0, 1, 1, ARRAY[601, 602, 603]);
            INSERT INTO message_counts (distribution, channel, audience, queued, retrying, sending, sent, failed, skipped, canceled)
            VALUES ({Distribution}, 'email', 511, 500, 3, 2, 3, 1, 1, 1);
            """);

        await UpgradeAsync(upTo: int.MaxValue);

        Assert.Empty(await new Balance(Database.DataSource).ImbalancesAsync());
        Assert.Equal(
            ["601 3 2601", "701 3 2701", "702 7 2702", "703 4 2703", "704 5 2704", "705 6 2705"],
            (await Database.RowsAsync("SELECT unnest(messages) AS no, kind, finished_at FROM outcomes ORDER BY no")).Select(row => string.Join(' ', row)));

        await using var source = Database.CreateSource();
        await using var plane = await Plane.StartAsync(services => services.AddSingleton(_ => source).AddPostgresDataPlane());
        var waiting = await plane.Queue.TakeAsync(Distribution, 0, Any.Noon, 10_000);
        Assert.Equal(Enumerable.Range(1, 503), waiting.Select(message => (int)message.Number).Order());
        Assert.Equal([501L, 502, 503], waiting.Where(message => message.Status == MessageStatus.Retrying).Select(message => message.Number).Order());

        var owner = await plane.Queue.ClaimLaneAsync(Distribution, 0);
        Assert.Equal(2, await plane.Queue.RecoverLaneAsync(new LaneFence(Distribution, 0, owner), hold: false, Any.Noon));
        Assert.Equal(2, (await plane.Distributions.CountsAsync(Distribution))["email"].Uncertain);
    }

    private Task UpgradeAsync(int upTo) => new SchemaUpgrader(
        Database.DataSource, new PostgresSchemaDialect(), [.. SchemaScript.EmbeddedFor(PostgresSchemaDialect.Engine).Where(script => script.Version <= upTo)],
        TimeProvider.System, NullLogger<SchemaUpgrader>.Instance).UpgradeAsync(TestContext.Current.CancellationToken);
}
