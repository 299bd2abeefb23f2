using Marketing.Storage.Relational;

namespace Marketing.Storage.Postgres;

internal sealed class PostgresDialect : SqlDialect
{
    public static readonly PostgresDialect Instance = new();

    public override string Like => "ILIKE";

    public override string LineBreak => "chr(10)";

    public override string Elements(string parameter) => $"jsonb_array_elements_text(CAST({parameter} AS jsonb)) AS n(value)";

    // It has statistics to choose by.
    public override string Over(string index) => string.Empty;

    public override string NotOverIndexOf(string column) => column;

    public override string MissingFirst(bool descending) => descending ? " NULLS LAST" : " NULLS FIRST";

    // Sums of 64-bit numbers are decimals otherwise.
    public override string Sum(string column) => $"CAST(sum({column}) AS bigint)";
}
