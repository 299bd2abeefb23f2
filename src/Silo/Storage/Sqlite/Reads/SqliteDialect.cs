using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    public static readonly SqliteDialect Instance = new();

    private const string Kind = "CASE WHEN m.status = 3 AND m.failed_at IS NOT NULL THEN 7 ELSE m.status END";

    public override string Like => "LIKE";

    public override string RowCountKey => "project, name";

    public override int? LongestIndexed => null;

    public override string LineBreak => "char(10)";

    public override string Elements(string parameter) => $"json_each({parameter}) n";

    // CROSS JOIN is taken as the order to join in.
    public override string ForEach(string parameter, string table, string alias, string condition) => $"{Elements(parameter)} CROSS JOIN {table} {alias} ON {condition}";

    public override string Over(string index) => "INDEXED BY " + index;

    public override string NotOverIndexOf(string column) => "+" + column;

    // There is one writer.
    public override string HoldingIds => string.Empty;

    public override bool ReadsIndexesAlone => true;

    public override bool KeepsMissingInOrder => true;

    public override string Position => "instr";

    public override string IsOdd(string address) =>
        $"""
        ({address} GLOB '*[^a-z0-9@._+-]*' OR {address} NOT GLOB '[a-z0-9_+]*@[a-z0-9]*' OR {address} GLOB '*@*@*' OR {address} GLOB '*..*' OR {address} GLOB '*.@*'
            OR {address} GLOB '*@*[_+]*' OR {address} GLOB '*--*' OR {address} GLOB '*[.-]' OR length({address}) > 254 OR instr({address}, '@') > 65)
        """;

    // As it sorts by itself.
    public override string NumberOfOdd => "c.no";

    public override string MissingFirst(bool descending) => string.Empty;

    public override string MessageStatus => "m.status";

    public override string IsSending(int distribution) => "m.status = 2";

    public override string IsWaiting(int distribution) => "m.status <= 1";

    public override FinishedMessages Unsent { get; } = new(
        "messages m INDEXED BY messages_exceptions", "m.distribution", "m.finished_at", "m.no", "(m.status = 1 OR m.status >= 4) AND m.finished_at IS NOT NULL",
        "m.status", "m.status = 3", "m.recorded");

    // The condition of the index is repeated word by word, which is how the planner knows that it holds all that is asked for.
    public override string IsException => "(m.status = 1 OR m.status >= 4) AND m.status = ?";

    public override FinishedMessages Finished { get; } = new(
        "messages m INDEXED BY messages_finished", "m.distribution", "m.finished_at", "m.no", "m.finished_at IS NOT NULL",
        Kind, "m.status = 3", "m.recorded");

    public override FinishedMessages Recorded { get; } = new(
        """
        outcomes o CROSS JOIN json_each(o.messages) e
            CROSS JOIN messages m ON m.distribution = o.distribution AND m.no = e.value AND m.recorded = o.recorded
        """,
        "o.distribution", "m.finished_at", "m.no", "m.finished_at IS NOT NULL", Kind, "m.status = 3", "o.recorded");

    // Positions are given by the only writer, so whatever has one up to the last is committed.
    public override string Settled => "SELECT position + 1, position + 1, NULL FROM commit_position WHERE ?1 IS NOT NULL";

    public override IReadOnlyList<string> PlaceBefore => [];

    public override bool HasArrivals => false;

    public override string? Microseconds => null;

    public override string Sum(string column) => $"sum({column})";
}
