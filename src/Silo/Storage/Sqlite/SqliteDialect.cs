using Marketing.Storage.Relational;

namespace Marketing.Storage.Sqlite;

internal sealed class SqliteDialect : SqlDialect
{
    public static readonly SqliteDialect Instance = new();

    public override string Like => "LIKE";

    public override string LineBreak => "char(10)";

    public override string Elements(string parameter) => $"json_each({parameter}) n";

    public override string Over(string index) => "INDEXED BY " + index;

    public override string NotOverIndexOf(string column) => "+" + column;

    // As it sorts by itself.
    public override string MissingFirst(bool descending) => string.Empty;

    public override string MessageStatus => "m.status";

    public override string IsSending(int distribution) => "m.status = 2";

    // The condition of the index is repeated word by word, which is how the planner knows that it holds all that is asked for.
    public override string IsException => "(m.status = 1 OR m.status >= 4) AND m.status = ?";

    public override FinishedMessages Finished { get; } = new(
        "messages m INDEXED BY messages_finished", "m.distribution", "m.finished_at", "m.no", "m.finished_at IS NOT NULL",
        "CASE WHEN m.status = 3 AND m.failed_at IS NOT NULL THEN 7 ELSE m.status END", "m.status = 3");

    public override string Sum(string column) => $"sum({column})";
}
