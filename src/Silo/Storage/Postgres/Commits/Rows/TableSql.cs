using System.Runtime.CompilerServices;

namespace Marketing.Storage.Postgres;

/// <summary>The statements of a declared table, composed once so that each has one text and stays prepared.</summary>
internal sealed class TableSql
{
    private static readonly ConditionalWeakTable<Table, TableSql> Composed = [];

    private TableSql(Table table)
    {
        var columns = string.Join(", ", table.Columns);
        var parameters = string.Join(", ", Enumerable.Range(1, 4 + table.Columns.Count).Select(static number => $"${number}"));
        var rows = $"unnest({parameters}) AS n (no, project, id, version, {columns})";
        Insert = $"INSERT INTO {table.Name} (no, project, id, version, {columns}) SELECT n.* FROM {rows}";
        Update =
            $"""
            UPDATE {table.Name} r SET version = n.version, {string.Join(", ", table.Columns.Select(static column => $"{column} = n.{column}"))}
            FROM {rows} WHERE r.no = n.no AND r.project = n.project
            """;
        Delete = $"DELETE FROM {table.Name} r USING unnest($1) AS n (no) WHERE r.no = n.no";
        DeleteOwned = table.Owner is { } owner
            ? $"""
              WITH gone AS (
                  DELETE FROM {table.Name} r USING unnest($1) AS n (no) WHERE r.{owner} = n.no AND r.{owner} IS NOT NULL RETURNING r.project)
              SELECT project, count(*) FROM gone GROUP BY project
              """
            : string.Empty;
    }

    public string Insert { get; }

    public string Update { get; }

    public string Delete { get; }

    /// <summary>Removes what belongs to some customers; answers how many rows of each project.</summary>
    public string DeleteOwned { get; }

    public static TableSql Of(Table table) => Composed.GetValue(table, static table => new TableSql(table));
}
