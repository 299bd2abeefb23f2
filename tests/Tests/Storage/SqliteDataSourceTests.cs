using System.Data.Common;
using Marketing.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Marketing.Storage;

public sealed class SqliteDataSourceTests : IDisposable
{
    private readonly DatabaseFile _file = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Connections_have_the_settings_also_when_the_pool_gives_them_again()
    {
        await using var database = new SqliteDataSource(
            new SqliteOptions(_file.FullName) { CacheKibibytes = 512, MemoryMapBytes = 1 << 20 });

        for (var round = 0; round < 2; round++)
        {
            await using var connection = await database.OpenConnectionAsync(Cancelled);
            Assert.Equal("wal", await PragmaAsync(connection, "journal_mode"));
            Assert.Equal(5000L, await PragmaAsync(connection, "busy_timeout"));
            Assert.Equal(2L, await PragmaAsync(connection, "synchronous"));
            Assert.Equal(1L, await PragmaAsync(connection, "foreign_keys"));
            Assert.Equal(2L, await PragmaAsync(connection, "temp_store"));
            Assert.Equal(-512L, await PragmaAsync(connection, "cache_size"));
            Assert.Equal(1L << 20, await PragmaAsync(connection, "mmap_size"));
            Assert.Equal(0L, await PragmaAsync(connection, "query_only"));
        }
    }

    [Fact]
    public async Task A_source_does_not_inherit_the_settings_of_another_through_the_pool()
    {
        await using var relaxed = new SqliteDataSource(new SqliteOptions(_file.FullName) { Synchronous = SqliteSynchronous.Off });
        await using (var connection = await relaxed.OpenConnectionAsync(Cancelled))
        {
            Assert.Equal(0L, await PragmaAsync(connection, "synchronous"));
        }

        await using var durable = new SqliteDataSource(new SqliteOptions(_file.FullName));
        await using var same = await durable.OpenConnectionAsync(Cancelled);
        Assert.Equal(2L, await PragmaAsync(same, "synchronous"));
    }

    [Fact]
    public async Task A_reader_sees_what_is_committed_and_cannot_write()
    {
        await using var writer = new SqliteDataSource(new SqliteOptions(_file.FullName));
        await using var create = writer.CreateCommand("CREATE TABLE shelf (id INTEGER); INSERT INTO shelf VALUES (7);");
        await create.ExecuteNonQueryAsync(Cancelled);

        await using var reader = new SqliteDataSource(new SqliteOptions(_file.FullName) { ReadOnly = true });
        await using var connection = await reader.OpenConnectionAsync(Cancelled);
        await using var command = connection.CreateCommand();

        command.CommandText = "SELECT id FROM shelf";
        Assert.Equal(7L, await command.ExecuteScalarAsync(Cancelled));
        command.CommandText = "DELETE FROM shelf";
        await Assert.ThrowsAsync<SqliteException>(() => command.ExecuteNonQueryAsync(Cancelled));
    }

    [Fact]
    public async Task A_reader_does_not_create_a_missing_file()
    {
        await using var reader = new SqliteDataSource(new SqliteOptions(_file.FullName) { ReadOnly = true, MaxOpenConnections = 1 });

        // Twice: a failed opening gives its place back.
        await Assert.ThrowsAsync<SqliteException>(async () => await reader.OpenConnectionAsync(Cancelled));
        await Assert.ThrowsAsync<SqliteException>(async () => await reader.OpenConnectionAsync(Cancelled));
        Assert.False(File.Exists(_file.FullName));
    }

    [Fact]
    public async Task Beyond_the_limit_the_next_connection_waits_until_one_is_closed()
    {
        await using var database = new SqliteDataSource(new SqliteOptions(_file.FullName) { MaxOpenConnections = 1 });
        var first = await database.OpenConnectionAsync(Cancelled);

        var next = database.OpenConnectionAsync(Cancelled).AsTask();
        Assert.False(next.IsCompleted);
        await first.CloseAsync();
        await first.DisposeAsync();
        await using var second = await next;

        // Closing and disposing freed one place, not two.
        using var givesUp = new CancellationTokenSource();
        var third = database.OpenConnectionAsync(givesUp.Token).AsTask();
        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third);
    }

    [Fact]
    public async Task Disposing_the_source_lets_the_file_go()
    {
        await using (var database = new SqliteDataSource(new SqliteOptions(_file.FullName)))
        {
            await using var command = database.CreateCommand("CREATE TABLE shelf (id INTEGER)");
            await command.ExecuteNonQueryAsync(Cancelled);
            Assert.True(File.Exists($"{_file.FullName}-wal"));
        }

        // The last connection that closes folds the log into the file and removes it.
        Assert.False(File.Exists($"{_file.FullName}-wal"));
    }

    private static async Task<object?> PragmaAsync(DbConnection connection, string name)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return await command.ExecuteScalarAsync(Cancelled);
    }
}
