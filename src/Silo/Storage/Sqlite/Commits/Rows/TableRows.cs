using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Marketing.Storage.Sqlite;

/// <summary>Guards and writes of rows of declared tables. There is one writer, so what a guard has read still holds when the row is written.</summary>
internal sealed class TableRows(SqliteSession session, TableSet tables)
{
    /// <summary>The guard that does not hold.</summary>
    public Guard? Guard(int project, RowWrite write)
    {
        var (sql, row) = (TableSql.Of(write.Table), write.Row);
        var expected = write.Inserts
            ? session.Prepare(sql.HasId).Bind(project).Bind(row.Id).ReadNumber() is null
            : session.Prepare(sql.ReadVersion).Bind(row.Number).Bind(project).ReadNumber() == row.Version;
        if (!expected)
        {
            return new Guard.Version(write.Table.Name, row.Number);
        }

        for (var at = 0; at < write.Table.Unique.Count && !write.Deletes; at++)
        {
            var column = write.Table.Unique[at];
            if (column.TextOf(row) is { } value && session.Prepare(sql.Holders[at]).Bind(project).Bind(value).Bind(row.Number).ReadText() is { } holder)
            {
                return new Guard.Unique(write.Table.Name, column.Name, value, holder);
            }
        }

        return null;
    }

    public void Write(int project, RowWrite write, CounterDeltas counters)
    {
        var (sql, row) = (TableSql.Of(write.Table), write.Row);
        counters.Rows(project, write.Table, write.Deletes ? -1 : write.Inserts ? 1 : 0);
        if (write.Deletes)
        {
            session.Prepare(sql.Delete).Bind(row.Number).Run();
            return;
        }

        var statement = session.Prepare(write.Inserts ? sql.Insert : sql.Update).Bind(row.Number).Bind(project).Bind(row.Id).Bind(row.Version + 1);
        foreach (var column in write.Table.Columns)
        {
            _ = column.Kind switch
            {
                ColumnKind.Text => statement.Bind(column.TextOf(row)),
                ColumnKind.Number => statement.Bind(column.NumberOf(row)),
                ColumnKind.Blob => statement.Bind(column.BlobOf(row)),
                _ => throw new UnreachableException(),
            };
        }

        statement.Run();
    }

    /// <summary>Removes what belongs to a customer.</summary>
    public void Erase(int project, long customer, CounterDeltas counters)
    {
        foreach (var table in tables.Owned)
        {
            counters.Rows(project, table, -session.Prepare(TableSql.Of(table).DeleteOwned).Bind(customer).Run());
        }
    }

    // Composed once, so that each statement has one text and stays prepared.
    private sealed class TableSql
    {
        private static readonly ConditionalWeakTable<Table, TableSql> Composed = [];

        private TableSql(Table table)
        {
            var name = table.Name;
            HasId = $"SELECT no FROM {name} WHERE project = ?1 AND id = ?2";
            ReadVersion = $"SELECT version FROM {name} WHERE no = ?1 AND project = ?2";
            Holders = [.. table.Unique.Select(column => $"SELECT id FROM {name} WHERE project = ?1 AND {column} = ?2 AND no <> ?3")];
            Insert =
                $"""
                INSERT INTO {name} (no, project, id, version, {string.Join(", ", table.Columns)})
                VALUES ({string.Join(", ", Enumerable.Range(1, 4 + table.Columns.Count).Select(static number => $"?{number}"))})
                """;
            Update =
                $"""
                UPDATE {name} SET version = ?4, {string.Join(", ", table.Columns.Select(static (column, at) => $"{column} = ?{5 + at}"))}
                WHERE no = ?1 AND project = ?2
                """;
            Delete = $"DELETE FROM {name} WHERE no = ?1";
            DeleteOwned = $"DELETE FROM {name} WHERE {table.Owner} = ?1";
        }

        public string HasId { get; }

        public string ReadVersion { get; }

        public IReadOnlyList<string> Holders { get; }

        public string Insert { get; }

        public string Update { get; }

        public string Delete { get; }

        public string DeleteOwned { get; }

        public static TableSql Of(Table table) => Composed.GetValue(table, static table => new TableSql(table));
    }
}
