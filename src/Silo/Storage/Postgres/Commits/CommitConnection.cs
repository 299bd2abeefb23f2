using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>A write connection, opened when it is needed and again after a failure.</summary>
/// <param name="source">Where connections come from.</param>
/// <param name="catalogues">Learns of newer catalogues.</param>
/// <param name="tables">The tables that rows may belong to.</param>
/// <param name="forHeldUp">Whether it writes what somebody else's locks hold up, and so tries often instead of waiting long.</param>
internal sealed class CommitConnection(NpgsqlDataSource source, ICatalogueFence catalogues, TableSet tables, bool forHeldUp) : IAsyncDisposable
{
    // A group is small beside its tables, whatever the statistics of a young table say: rows are found by index, one by one. The times: whoever
    // outside holds a row keeps few waiting, and a silo that was frozen in a transaction keeps the others from its rows only until the server ends it.
    // The counters' shard is one that no other writer of the cluster has, as long as there are any.
    private readonly string _settings =
        $"""
        SELECT set_config('random_page_cost', '0.1', false), set_config('plan_cache_mode', 'force_generic_plan', false),
            set_config('lock_timeout', '{(forHeldUp ? "100ms" : "2s")}', false), set_config('idle_in_transaction_session_timeout', '3s', false),
            {CounterRows.ClaimShard}
        """;

    private NpgsqlConnection? _connection;

    /// <summary>Whether it writes what somebody else's locks hold up.</summary>
    public bool ForHeldUp => forHeldUp;

    /// <summary>Writes the group as one transaction. When this throws, the connection is given back and with it the transaction undone.</summary>
    public async Task WriteAsync(IReadOnlyList<PendingCommit> group, bool overtaken)
    {
        try
        {
            _connection ??= await OpenAsync();
            await CommitTransaction.WriteAsync(_connection, catalogues, tables, group, tellsGone: forHeldUp, overtaken);
        }
        catch (InvalidOperationException failure) when (_connection is { State: not System.Data.ConnectionState.Open })
        {
            // The way to the server broke between two statements: it is the connection that is wrong, not what was asked.
            await DisposeAsync();
            throw new NpgsqlException("The connection to the database was lost.", failure);
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
            await ResetAsync(connection);
            await connection.DisposeAsync();
        }
    }

    // The pool hands a connection on as it is, and this one's plans are good for a writer only.
    private static async Task ResetAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand("ROLLBACK; RESET ALL; SELECT pg_advisory_unlock_all()", connection);
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException or TimeoutException)
        {
            // Broken ones are not handed on.
        }
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = await source.OpenConnectionAsync();
        try
        {
            await using var command = new NpgsqlCommand(_settings, connection);
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
