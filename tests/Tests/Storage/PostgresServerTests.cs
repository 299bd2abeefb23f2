using Marketing.Testing;
using Npgsql;
using Xunit;

namespace Marketing.Storage;

public sealed class PostgresServerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_went_away_comes_back_with_its_data_on_the_same_port(bool immediate)
    {
        PostgresDatabase.RequireServer();
        await using var server = await PostgresServer.StartAsync();
        await using var connections = NpgsqlDataSource.Create(await server.CreateDatabaseAsync());
        await ExecuteAsync(connections, "CREATE TABLE kept (id integer); INSERT INTO kept VALUES (1)");

        await server.StopAsync(immediate);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ExecuteAsync(connections, "SELECT 1"));
        await server.StartAgainAsync();

        // The pool may still hold connections from before.
        connections.Clear();
        await using var command = connections.CreateCommand("SELECT count(*) FROM kept");
        Assert.Equal(1L, await command.ExecuteScalarAsync(Cancelled));
    }

    [Fact]
    public async Task A_dropped_database_is_gone_although_someone_is_connected()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var connection = await database.DataSource.OpenConnectionAsync(Cancelled);
        var server = await PostgresServer.SharedAsync();

        await server.DropDatabaseAsync(database.ConnectionString);

        await using var late = new NpgsqlConnection(database.ConnectionString);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => late.OpenAsync(Cancelled));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, refused.SqlState);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource connections, string sql)
    {
        await using var command = connections.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancelled);
    }
}
