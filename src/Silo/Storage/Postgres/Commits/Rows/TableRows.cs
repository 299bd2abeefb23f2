using System.Diagnostics;

namespace Marketing.Storage.Postgres;

/// <summary>Writes of rows of declared tables, whose guards hold.</summary>
internal static class TableRows
{
    public static void AddTo(RoundTrip trip, IReadOnlyList<Commit> winners, TableSet tables, CounterDeltas counters)
    {
        AddErasures(trip, [.. winners.Where(commit => commit.Removal is not null).Select(commit => commit.Removal!.Number).Order()], tables, counters);
        if (winners.All(static commit => commit.Rows.Count == 0))
        {
            return;
        }

        var writes = winners.SelectMany(commit => commit.Rows, (commit, write) => (commit.Project, Write: write)).ToLookup(row => row.Write.Table);
        // The same order in every transaction: transactions never wait in a circle.
        foreach (var table in writes.Select(static rows => rows.Key).OrderBy(static table => table.Name, StringComparer.Ordinal))
        {
            var sql = TableSql.Of(table);
            foreach (var (project, write) in writes[table])
            {
                counters.Rows(project, table, write.Deletes ? -1 : write.Inserts ? 1 : 0);
            }

            Add(trip, sql.Insert, table, [.. writes[table].Where(row => row.Write.Inserts).OrderBy(row => row.Project).ThenBy(row => row.Write.Row.Id, StringComparer.Ordinal)]);
            Add(trip, sql.Update, table, [.. writes[table].Where(row => row.Write is { Inserts: false, Deletes: false }).OrderBy(row => row.Write.Row.Number)]);
            if (writes[table].Where(row => row.Write.Deletes).Select(row => row.Write.Row.Number).Order().ToList() is { Count: > 0 } deleted)
            {
                trip.Add(new SetCommand<long>(sql.Delete, deleted).Column(number => number));
            }
        }
    }

    private static void AddErasures(RoundTrip trip, List<long> customers, TableSet tables, CounterDeltas counters)
    {
        if (customers.Count > 0)
        {
            foreach (var table in tables.Owned)
            {
                trip.Add(
                    new SetCommand<long>(TableSql.Of(table).DeleteOwned, customers).Column(number => number),
                    gone => counters.Rows(gone.GetInt32(0), table, -gone.GetInt64(1)));
            }
        }
    }

    private static void Add(RoundTrip trip, string sql, Table table, IReadOnlyList<(int Project, RowWrite Write)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var command = new SetCommand<(int Project, RowWrite Write)>(sql, rows)
            .Column(row => row.Write.Row.Number).Column(row => row.Project).Column(row => row.Write.Row.Id).Column(row => row.Write.Row.Version + 1);
        foreach (var column in table.Columns)
        {
            _ = column.Kind switch
            {
                ColumnKind.Text => command.Column(row => column.TextOf(row.Write.Row)),
                ColumnKind.Number => command.Column(row => column.NumberOf(row.Write.Row)),
                ColumnKind.Blob => command.Column(row => column.BlobOf(row.Write.Row)),
                _ => throw new UnreachableException(),
            };
        }

        trip.Add(command);
    }
}
