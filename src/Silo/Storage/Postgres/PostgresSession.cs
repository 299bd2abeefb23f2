using System.Data;
using Marketing.Storage.Relational;
using Npgsql;
using NpgsqlTypes;

namespace Marketing.Storage.Postgres;

/// <summary>One connection in use, inside a transaction or not.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : ISqlSession
{
    public SqlDialect Dialect => PostgresDialect.Instance;

    public async ValueTask<List<T>> AllAsync<T>(SqlQuery query, Func<IRow, T> row, CancellationToken cancellation = default)
    {
        await using var command = Command(query);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
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
        await using var command = Command(query);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow);
        return await reader.ReadAsync() ? row(new PostgresRow(reader)) : default;
    }

    public async ValueTask<int> RunAsync(SqlQuery change)
    {
        await using var command = Command(change);
        return await command.ExecuteNonQueryAsync();
    }

    private NpgsqlCommand Command(SqlQuery query)
    {
        var command = new NpgsqlCommand(PostgresText.Of(query.Text), connection);
        foreach (var value in query.Values)
        {
            command.Parameters.Add(value switch
            {
                long number => new NpgsqlParameter<long> { TypedValue = number },
                string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
                byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes },
                _ => new NpgsqlParameter { Value = DBNull.Value },
            });
        }

        return command;
    }
}
