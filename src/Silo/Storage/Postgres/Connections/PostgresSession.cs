using System.Data;
using Marketing.Storage.Relational;
using Npgsql;
using NpgsqlTypes;

namespace Marketing.Storage.Postgres;

/// <summary>One connection in use, inside a transaction or not.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : ISqlSession
{
    // For the statement behind it and no other: both are one transaction. Sorting and hashing stay possible where nothing else is. No row, so only the second has a result to
    // read. One plan for all values, because a plan that is made for some of them is made of what the statistics say, or do not say yet. Not compiled: what is switched
    // off makes a plan look so dear, where nothing else is possible, that the server takes a tenth of a second to compile what runs for a millisecond. By one process,
    // because starting others takes longer than most of these.
    private const string ByIndex =
        """
        SELECT 1 FROM set_config('enable_sort', 'off', true) AS a, set_config('enable_bitmapscan', 'off', true) AS b,
            set_config('plan_cache_mode', 'force_generic_plan', true) AS c, set_config('jit', 'off', true) AS d,
            set_config('max_parallel_workers_per_gather', '0', true) AS e, set_config('enable_hashagg', 'off', true) AS f WHERE a || b || c || d || e || f IS NULL
        """;

    public SqlDialect Dialect => PostgresDialect.Instance;

    public async ValueTask<List<T>> AllAsync<T>(SqlQuery query, Func<IRow, T> row, CancellationToken cancellation = default)
    {
        await using var reader = await ReadAsync(query, CommandBehavior.Default, cancellation);
        var current = new PostgresRow(reader);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(row(current));
        }

        return rows;
    }

    public async ValueTask<T?> FirstAsync<T>(SqlQuery query, Func<IRow, T> row)
    {
        await using var reader = await ReadAsync(query, CommandBehavior.SingleRow, CancellationToken.None);
        return await reader.ReadAsync() ? row(new PostgresRow(reader)) : default;
    }

    public async ValueTask<int> RunAsync(SqlQuery change)
    {
        await using var command = new NpgsqlCommand(PostgresText.Of(change.Text), connection);
        Bind(change, command.Parameters);
        return await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlDataReader> ReadAsync(SqlQuery query, CommandBehavior behaviour, CancellationToken cancellation)
    {
        if (!query.ByIndex)
        {
            var command = new NpgsqlCommand(PostgresText.Of(query.Text), connection);
            Bind(query, command.Parameters);
            return await command.ExecuteReaderAsync(behaviour, cancellation);
        }

        var statement = new NpgsqlBatchCommand(PostgresText.Of(query.Text));
        Bind(query, statement.Parameters);
        var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(ByIndex), statement } };
        var reader = await batch.ExecuteReaderAsync(cancellation);
        try
        {
            await reader.NextResultAsync(cancellation);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    private static void Bind(SqlQuery query, NpgsqlParameterCollection parameters)
    {
        foreach (var value in query.Values)
        {
            parameters.Add(value switch
            {
                long number => new NpgsqlParameter<long> { TypedValue = number },
                string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
                byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes },
                _ => new NpgsqlParameter { Value = DBNull.Value },
            });
        }
    }
}
