using System.Runtime.CompilerServices;

namespace Marketing.Storage.Postgres;

/// <summary>How rows of a table are guarded, composed once.</summary>
internal sealed class GuardedSql
{
    /// <summary>Customers, whose table is declared nowhere.</summary>
    public static readonly GuardedSql Customers = new(CustomerWrite.Table, ["source_id"]);

    private static readonly ConditionalWeakTable<Table, GuardedSql> Composed = [];

    private GuardedSql(string table, IReadOnlyList<string> unique)
    {
        (Table, Unique) = (table, unique);
        var columns = string.Concat(unique.Select(static column => $", {column}"));

        // What the index cannot know yet, a row that another silo is just inserting, it refuses when this transaction inserts its own.
        AskFree =
            $"""
            SELECT n.ord, EXISTS (SELECT 1 FROM {table} r WHERE r.project = n.project AND r.id = n.id){Each(HolderOf)}
            FROM unnest($1, $2, $3{Parameters(4)}) WITH ORDINALITY AS n (no, project, id{columns}, ord)
            """;

        // A value that stays is nobody else's, and not looked for.
        Lock =
            $"""
            SELECT n.ord, r.version{Each(column => $"CASE WHEN n.{column} IS DISTINCT FROM r.{column} THEN {HolderOf(column)} END")}
            FROM unnest($1, $2{Parameters(3)}) WITH ORDINALITY AS n (no, project{columns}, ord)
            JOIN {table} r ON r.no = n.no AND r.project = n.project
            ORDER BY n.no FOR UPDATE OF r SKIP LOCKED
            """;
        Exist = $"SELECT n.ord FROM unnest($1, $2) WITH ORDINALITY AS n (no, project, ord) JOIN {table} r ON r.no = n.no AND r.project = n.project";

        string Parameters(int first) => string.Concat(unique.Select((_, index) => $", ${first + index}"));

        string Each(Func<string, string> expression) => string.Concat(unique.Select(column => ", " + expression(column)));

        string HolderOf(string column) => $"(SELECT o.id FROM {table} o WHERE o.project = n.project AND o.{column} = n.{column} AND o.no <> n.no)";
    }

    public string Table { get; }

    /// <summary>The columns of which no two rows of a project share a value.</summary>
    public IReadOnlyList<string> Unique { get; }

    /// <summary>Whether ids are free, and who has what is unique.</summary>
    public string AskFree { get; }

    /// <summary>Locks rows and reads their versions, and who has what is unique.</summary>
    public string Lock { get; }

    /// <summary>Which rows there are, locked by somebody or not.</summary>
    public string Exist { get; }

    public static GuardedSql Of(Table table) =>
        Composed.GetValue(table, static table => new GuardedSql(table.Name, [.. table.Unique.Select(static column => column.Name)]));
}
