using System.Data.Common;
using System.Globalization;
using Marketing.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Xunit;

namespace Marketing.Storage;

public sealed class PostgresSchemaUpgraderTests : IAsyncLifetime
{
    private static readonly SchemaScript Shelf = new(1, "shelf", "CREATE TABLE shelf (id integer PRIMARY KEY);");
    private static readonly SchemaScript Books = new(2, "books", "CREATE TABLE book (id integer); INSERT INTO book VALUES (1), (2);");

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private PostgresDatabase _database = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await PostgresDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Every_script_is_applied_in_order_and_recorded()
    {
        await Upgrader([Books, Shelf]).UpgradeAsync(Cancelled);

        Assert.Equal(["1 shelf 2030-03-01 12:00:00Z", "2 books 2030-03-01 12:00:00Z"], await RecordedAsync());
        Assert.Equal(2L, await _database.ScalarAsync("SELECT count(*) FROM book"));
    }

    [Fact]
    public async Task Running_twice_changes_nothing()
    {
        await Upgrader([Shelf, Books]).UpgradeAsync(Cancelled);
        var recorded = await RecordedAsync();
        _clock.Advance(TimeSpan.FromDays(1));

        await Upgrader([Shelf, Books]).UpgradeAsync(Cancelled);

        Assert.Equal(recorded, await RecordedAsync());
        Assert.Equal(2L, await _database.ScalarAsync("SELECT count(*) FROM book"));
    }

    [Fact]
    public async Task Several_that_run_at_once_apply_every_script_once()
    {
        // Each has its own connections, as processes have. A race is won by luck now and then, so there are many scripts.
        SchemaScript[] scripts = [.. Enumerable.Range(1, 20).Select(number => new SchemaScript(
            number, $"step_{number}", $"CREATE TABLE IF NOT EXISTS tally (id integer); INSERT INTO tally VALUES ({number});"))];

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
            async () =>
            {
                await using var connections = NpgsqlDataSource.Create(_database.ConnectionString);
                await Upgrader(scripts, connections).UpgradeAsync(Cancelled);
            },
            Cancelled)));

        Assert.Equal(20, (await RecordedAsync()).Count);
        Assert.Equal(20L, await _database.ScalarAsync("SELECT count(*) FROM tally"));
    }

    [Fact]
    public async Task A_failing_script_leaves_nothing_of_itself_and_is_named()
    {
        var broken = new SchemaScript(3, "broken", "CREATE TABLE half (id integer); DELETE FROM book; INSERT INTO nowhere VALUES (1);");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Upgrader([Shelf, Books, broken]).UpgradeAsync(Cancelled));

        Assert.Contains("003_broken.sql", failure.Message, StringComparison.Ordinal);
        Assert.IsType<DbException>(failure.InnerException, exactMatch: false);
        Assert.Equal(2, (await RecordedAsync()).Count);
        Assert.Equal(2L, await _database.ScalarAsync("SELECT count(*) FROM book"));
        Assert.Equal(false, await _database.ScalarAsync("SELECT to_regclass('half') IS NOT NULL"));
    }

    [Fact]
    public async Task The_embedded_scripts_apply_and_begin_with_what_Orleans_needs()
    {
        var scripts = SchemaScript.EmbeddedFor(PostgresSchemaDialect.Engine);

        await Upgrader([.. scripts]).UpgradeAsync(Cancelled);

        Assert.Equal(
            ["orleans_query", "orleans_clustering", "orleans_storage", "orleans_reminders"], scripts.Take(4).Select(script => script.Name));
        Assert.Equal(scripts.Count, (await RecordedAsync()).Count);
    }

    private SchemaUpgrader Upgrader(SchemaScript[] scripts, NpgsqlDataSource? connections = null) =>
        new(connections ?? _database.DataSource, new PostgresSchemaDialect(), scripts, _clock, NullLogger<SchemaUpgrader>.Instance);

    private async Task<List<string>> RecordedAsync()
    {
        await using var command = _database.DataSource.CreateCommand("SELECT version, name, applied_at FROM schema_versions ORDER BY version");
        await using var rows = await command.ExecuteReaderAsync(Cancelled);
        var recorded = new List<string>();
        while (await rows.ReadAsync(Cancelled))
        {
            recorded.Add(string.Create(CultureInfo.InvariantCulture, $"{rows.GetInt32(0)} {rows.GetString(1)} {rows.GetDateTime(2):u}"));
        }

        return recorded;
    }
}
