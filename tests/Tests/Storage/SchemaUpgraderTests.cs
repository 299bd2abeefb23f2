using System.Data.Common;
using Marketing.Storage.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketing.Storage;

public sealed class SchemaUpgraderTests : IAsyncDisposable
{
    private static readonly SchemaScript Shelf = new(1, "shelf", "CREATE TABLE shelf (id INTEGER PRIMARY KEY);");
    private static readonly SchemaScript Books = new(2, "books", "CREATE TABLE book (id INTEGER); INSERT INTO book VALUES (1), (2);");

    private readonly DatabaseFile _file = new();
    private readonly SqliteDataSource _database;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2030, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public SchemaUpgraderTests() => _database = new SqliteDataSource(new SqliteOptions(_file.FullName));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Every_script_is_applied_in_order_and_recorded()
    {
        await Upgrader([Books, Shelf]).UpgradeAsync(Cancelled);

        Assert.Equal(["1 shelf 2030-03-01 12:00:00+00:00", "2 books 2030-03-01 12:00:00+00:00"], await RecordedAsync());
        Assert.Equal(2L, await ScalarAsync("SELECT count(*) FROM book"));
    }

    [Fact]
    public async Task Running_twice_changes_nothing()
    {
        await Upgrader([Shelf, Books]).UpgradeAsync(Cancelled);
        var recorded = await RecordedAsync();
        _clock.Advance(TimeSpan.FromDays(1));

        await Upgrader([Shelf, Books]).UpgradeAsync(Cancelled);

        Assert.Equal(recorded, await RecordedAsync());
        Assert.Equal(2L, await ScalarAsync("SELECT count(*) FROM book"));
    }

    [Fact]
    public async Task A_later_build_applies_only_what_is_new()
    {
        await Upgrader([Shelf]).UpgradeAsync(Cancelled);

        await Upgrader([Shelf, Books]).UpgradeAsync(Cancelled);

        Assert.Equal(2, (await RecordedAsync()).Count);
    }

    [Fact]
    public async Task A_script_that_was_changed_after_it_was_applied_is_refused()
    {
        await Upgrader([Shelf]).UpgradeAsync(Cancelled);

        await Upgrader([new SchemaScript(Shelf.Version, Shelf.Name, Shelf.Sql.ReplaceLineEndings("\r\n"))]).UpgradeAsync(Cancelled);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Upgrader([new SchemaScript(Shelf.Version, Shelf.Name, Shelf.Sql + " -- and more"), Books]).UpgradeAsync(Cancelled));

        Assert.Contains("001_shelf.sql", failure.Message, StringComparison.Ordinal);
        Assert.Single(await RecordedAsync());
    }

    [Fact]
    public async Task A_database_from_before_checksums_keeps_those_of_the_first_build_that_has_them()
    {
        await Upgrader([Shelf]).UpgradeAsync(Cancelled);
        await ScalarAsync("DROP TABLE schema_checksums");

        await Upgrader([Shelf]).UpgradeAsync(Cancelled);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Upgrader([new SchemaScript(Shelf.Version, Shelf.Name, Shelf.Sql + " -- and more")]).UpgradeAsync(Cancelled));
    }

    [Fact]
    public async Task An_older_build_leaves_a_newer_schema_alone()
    {
        await Upgrader([Shelf, Books]).UpgradeAsync(Cancelled);

        await Upgrader([Shelf]).UpgradeAsync(Cancelled);

        Assert.Equal(2, (await RecordedAsync()).Count);
    }

    [Fact]
    public async Task Several_that_run_at_once_apply_every_script_once()
    {
        // Each has its own data source, as processes have, so that nothing but the file is shared.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                await using var database = new SqliteDataSource(new SqliteOptions(_file.FullName));
                await Upgrader([Shelf, Books], database).UpgradeAsync(Cancelled);
            },
            Cancelled)));

        Assert.Equal(2, (await RecordedAsync()).Count);
        Assert.Equal(2L, await ScalarAsync("SELECT count(*) FROM book"));
    }

    [Fact]
    public async Task A_failing_script_leaves_nothing_of_itself_and_is_named()
    {
        var broken = new SchemaScript(3, "broken", "CREATE TABLE half (id INTEGER); DELETE FROM book; INSERT INTO nowhere VALUES (1);");

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Upgrader([Shelf, Books, broken]).UpgradeAsync(Cancelled));

        Assert.Contains("003_broken.sql", failure.Message, StringComparison.Ordinal);
        Assert.IsType<DbException>(failure.InnerException, exactMatch: false);
        Assert.Equal(2, (await RecordedAsync()).Count);
        Assert.Equal(2L, await ScalarAsync("SELECT count(*) FROM book"));
        Assert.Equal(0L, await ScalarAsync("SELECT count(*) FROM sqlite_master WHERE name = 'half'"));
    }

    [Fact]
    public async Task A_repaired_script_is_applied_by_the_next_run()
    {
        var broken = new SchemaScript(3, "more", "INSERT INTO nowhere VALUES (1);");
        await Assert.ThrowsAsync<InvalidOperationException>(() => Upgrader([Shelf, Books, broken]).UpgradeAsync(Cancelled));

        await Upgrader([Shelf, Books, broken with { Sql = "INSERT INTO book VALUES (3);" }]).UpgradeAsync(Cancelled);

        Assert.Equal(3L, await ScalarAsync("SELECT count(*) FROM book"));
    }

    [Fact]
    public async Task A_number_is_refused_when_the_database_has_it_under_another_name()
    {
        await Upgrader([Shelf]).UpgradeAsync(Cancelled);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Upgrader([Shelf with { Name = "rack" }]).UpgradeAsync(Cancelled));

        Assert.Contains("001_rack.sql", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_scripts_with_one_number_are_refused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Upgrader([Shelf, Books with { Version = 1 }]).UpgradeAsync(Cancelled));
    }

    [Fact]
    public void The_embedded_scripts_begin_with_what_Orleans_needs()
    {
        var scripts = SchemaScript.EmbeddedFor(SqliteSchemaDialect.Engine);

        Assert.Equal(["orleans_query", "orleans_storage", "orleans_reminders"], scripts.Take(3).Select(script => script.Name));
        Assert.Equal(scripts.Select(script => script.Version).Distinct().Order(), scripts.Select(script => script.Version));
    }

    [Fact]
    public async Task What_was_applied_is_told_once_with_the_name_of_the_database()
    {
        var heard = new Heard();
        foreach (var scripts in new SchemaScript[][] { [Shelf, Books], [Shelf, Books] })
        {
            await new SchemaUpgrader(_database, new SqliteSchemaDialect(), scripts, _clock, heard).UpgradeAsync(Cancelled);
        }

        Assert.Equal($"Applied to the database {Path.GetFileName(_file.FullName)}: 001_shelf.sql, 002_books.sql", Assert.Single(heard.Lines));
    }

    private SchemaUpgrader Upgrader(SchemaScript[] scripts, SqliteDataSource? database = null) =>
        new(database ?? _database, new SqliteSchemaDialect(), scripts, _clock, NullLogger<SchemaUpgrader>.Instance);

    private async Task<List<string>> RecordedAsync()
    {
        await using var command = _database.CreateCommand(
            "SELECT version || ' ' || name || ' ' || applied_at FROM schema_versions ORDER BY version");
        await using var rows = await command.ExecuteReaderAsync(Cancelled);
        var recorded = new List<string>();
        while (await rows.ReadAsync(Cancelled))
        {
            recorded.Add(rows.GetString(0));
        }

        return recorded;
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancelled);
    }

    private sealed class Heard : ILogger<SchemaUpgrader>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
