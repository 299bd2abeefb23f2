using Npgsql;

namespace Marketing.Storage.Postgres;

/// <summary>One statement over many rows: each column of them is one array parameter, in the order the columns are named here.</summary>
internal sealed class SetCommand<TRow>(string sql, IReadOnlyList<TRow> rows)
{
    public NpgsqlBatchCommand Command { get; } = new(sql);

    public SetCommand<TRow> Column<T>(Func<TRow, T> value)
    {
        var column = new T[rows.Count];
        for (var row = 0; row < column.Length; row++)
        {
            column[row] = value(rows[row]);
        }

        Command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = column });
        return this;
    }
}
