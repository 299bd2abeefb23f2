using Marketing.Customers;
using Marketing.Suppressions;

namespace Marketing.Storage.Postgres;

/// <summary>Rows that are added and never counted: operations, activity, suppressions, what imports did.</summary>
internal static class EntryRows
{
    /// <summary>Their keys were free. One that another silo was faster with fails the group, and is known when it is repeated.</summary>
    public static void AddOperations(RoundTrip trip, IReadOnlyList<Commit> winners)
    {
        List<(int Project, OperationWrite Write)> rows =
        [
            .. winners.Where(commit => commit.Operation is not null).Select(commit => (commit.Project, Write: commit.Operation!))
                .OrderBy(row => row.Project).ThenBy(row => row.Write.Key, StringComparer.Ordinal),
        ];
        if (rows.Count > 0)
        {
            trip.Add(new SetCommand<(int Project, OperationWrite Write)>(Sql.InsertOperations, rows)
                .Column(row => row.Project).Column(row => row.Write.Key).Column(row => row.Write.Fingerprint).Column(row => row.Write.Result)
                .Column(row => row.Write.At.ToStored()));
        }
    }

    public static void AddActivity(RoundTrip trip, IReadOnlyList<Commit> winners)
    {
        List<(int Project, ActivityWrite Write)> rows =
        [
            .. winners.SelectMany(commit => commit.Activity, (commit, entry) => (commit.Project, Write: entry)).OrderBy(row => row.Write.Number),
        ];
        if (rows.Count > 0)
        {
            trip.Add(new SetCommand<(int Project, ActivityWrite Write)>(Sql.InsertActivity, rows)
                .Column(row => row.Write.Number).Column(row => row.Project).Column(row => row.Write.Customer).Column(row => row.Write.Type)
                .Column(row => row.Write.At.ToStored()).Column(row => row.Write.GroupId).Column(row => row.Write.Channel)
                .Column(row => row.Write.Data));
        }
    }

    /// <summary>Each address once, with a reason its reader cannot take back where there is one: a statement cannot change a row twice.</summary>
    public static void AddSuppressions(RoundTrip trip, IReadOnlyList<Commit> winners)
    {
        List<(int Project, SuppressionWrite Write, string Address)> rows =
        [
            .. winners.SelectMany(
                    commit => commit.Suppressions, (commit, write) => (commit.Project, Write: write, Address: EmailAddress.KeyOf(write.Address)))
                .OrderBy(row => row.Project).ThenBy(row => row.Write.Channel, StringComparer.Ordinal)
                .ThenBy(row => row.Address, StringComparer.Ordinal).ThenBy(row => row.Write.Reason == SuppressionReasons.Unsubscribed)
                .DistinctBy(row => (row.Project, row.Write.Channel, row.Address)),
        ];
        if (rows.Count > 0)
        {
            trip.Add(new SetCommand<(int Project, SuppressionWrite Write, string Address)>(Sql.InsertSuppressions, rows)
                .Column(row => row.Project).Column(row => row.Write.Channel).Column(row => row.Address).Column(row => row.Write.Reason)
                .Column(row => row.Write.At.ToStored()));
        }
    }

    /// <summary>One row for each job of which the transaction has rows.</summary>
    public static void AddImports(RoundTrip trip, IReadOnlyList<Commit> winners)
    {
        var imports = new ImportRows();
        foreach (var commit in winners)
        {
            if (commit.Import is { } row)
            {
                imports.Note(commit.Project, row);
            }
        }

        if (imports.Stored() is { Count: > 0 } rows)
        {
            trip.Add(new SetCommand<(int Project, string Action, long Last, string Rows)>(Sql.InsertImports, rows)
                .Column(row => row.Project).Column(row => row.Action).Column(row => row.Last).Column(row => row.Rows));
        }
    }

    private static class Sql
    {
        public const string InsertImports =
            """
            INSERT INTO import_rows (project, action, last, rows)
            SELECT n.* FROM unnest($1, $2, $3, $4) AS n (project, action, last, rows)
            """;

        public const string InsertOperations =
            """
            INSERT INTO operations (project, key, fingerprint, result, created_at)
            SELECT n.* FROM unnest($1, $2, $3, $4, $5) AS n (project, key, fingerprint, result, created_at)
            """;

        public const string InsertActivity =
            """
            INSERT INTO activity (no, project, customer, type, created_at, group_id, channel, data)
            SELECT n.* FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS n (no, project, customer, type, created_at, group_id, channel, data)
            ON CONFLICT DO NOTHING
            """;

        public const string InsertSuppressions =
            """
            INSERT INTO suppressions (project, channel, address, reason, created_at)
            SELECT n.* FROM unnest($1, $2, $3, $4, $5) AS n (project, channel, address, reason, created_at)
            ON CONFLICT (project, address, channel, topic) DO UPDATE SET reason = excluded.reason
            WHERE suppressions.reason = 'unsubscribed' AND excluded.reason <> 'unsubscribed'
            """;
    }
}
