namespace Marketing;

/// <summary>Which changes of balances to list.</summary>
/// <param name="Limit">1..100.</param>
/// <param name="Ascending">Whether the oldest come first.</param>
/// <param name="StartingAfter">The id of the last one of the page before.</param>
/// <param name="Filters">Only those that meet these, written as filters of segments; null for all.</param>
[GenerateSerializer, Immutable, Alias("ledger-query")]
public sealed record LedgerQuery([property: Id(0)] int Limit, [property: Id(1)] bool Ascending, [property: Id(2)] string? StartingAfter, [property: Id(3)] RawJson? Filters);
