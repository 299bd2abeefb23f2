using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>A write connection, opened when it is needed and again after a failure.</summary>
internal sealed class PostgresWriter(NpgsqlDataSource source, ICatalogueFence catalogues) : IAsyncDisposable
{
    // A batch is small beside its tables, whatever the statistics of a young table say: rows are found by index, one by one.
    private const string PlanByIndex =
        """
        SELECT set_config('enable_seqscan', 'off', false), set_config('enable_hashjoin', 'off', false),
            set_config('enable_mergejoin', 'off', false), set_config('random_page_cost', '0.1', false), set_config('jit', 'off', false)
        """;

    private NpgsqlConnection? _connection;

    /// <summary>Writes the batch as one transaction. When this throws, the connection is given back and with it the transaction undone.</summary>
    public async Task WriteAsync(IReadOnlyList<PendingCommit> batch)
    {
        try
        {
            _connection ??= await OpenAsync();
            await CommitTransaction.WriteAsync(_connection, catalogues, batch);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await source.OpenConnectionAsync();
        try
        {
            await using var command = new NpgsqlCommand(PlanByIndex, connection);
            await command.ExecuteNonQueryAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
