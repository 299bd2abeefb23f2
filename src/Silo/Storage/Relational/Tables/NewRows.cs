using System.Diagnostics;

namespace Marketing.Storage.Relational;

/// <summary>New rows of declared tables, few at a time, for what is not written by a commit. Unique values have their indexes; nothing else is guarded.</summary>
internal static class NewRows
{
    public static async ValueTask InsertAsync(ISqlSession session, int project, IReadOnlyList<RowWrite> writes)
    {
        foreach (var (table, row, _) in writes)
        {
            var names = string.Join(", ", (string[])["no", "project", "id", "version", .. table.Columns.Select(static column => column.Name)]);
            var insert = new SqlQuery($"INSERT INTO {table.Name} ({names}) VALUES ({string.Join(", ", Enumerable.Repeat("?", 4 + table.Columns.Count))})")
                .Bind(row.Number).Bind(project).Bind(row.Id).Bind(row.Version + 1);
            foreach (var column in table.Columns)
            {
                _ = column.Kind switch
                {
                    ColumnKind.Text => insert.Bind(column.TextOf(row)),
                    ColumnKind.Number => insert.Bind(column.NumberOf(row)),
                    ColumnKind.Blob => insert.Bind(column.BlobOf(row)),
                    _ => throw new UnreachableException(),
                };
            }

            await session.RunAsync(insert);
        }

        foreach (var (table, count) in writes.CountBy(static write => write.Table))
        {
            await session.RunAsync(new SqlQuery(
                $"INSERT INTO row_counts AS c (project, name, rows) VALUES (?1, ?2, ?3) ON CONFLICT ({session.Dialect.RowCountKey}) DO UPDATE SET rows = c.rows + excluded.rows")
                .Bind(project).Bind(table.Name).Bind(count));
        }
    }
}
