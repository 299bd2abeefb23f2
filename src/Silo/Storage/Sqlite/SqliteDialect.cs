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

    public override string Sum(string column) => $"sum({column})";
}
