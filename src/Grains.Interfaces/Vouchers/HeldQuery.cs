namespace Marketing.Vouchers;

/// <summary>Which of the codes and cards of a customer to list.</summary>
/// <param name="CustomerId">The customer's id.</param>
/// <param name="Limit">1..100.</param>
/// <param name="Descending">Whether the latest voucher comes first.</param>
/// <param name="StartingAfter">The id of the last entry of the page before.</param>
[GenerateSerializer, Immutable, Alias("held-query")]
public sealed record HeldQuery([property: Id(0)] string CustomerId, [property: Id(1)] int Limit, [property: Id(2)] bool Descending, [property: Id(3)] string? StartingAfter)
{
    /// <summary>Only those that meet these, written as filters of segments; null for all.</summary>
    [Id(4)] public RawJson? Filters { get; init; }

    /// <summary>The most that are looked at of a customer, the earliest vouchers.</summary>
    public const int Most = 10_000;
}

/// <summary>A page of the codes and cards of a customer.</summary>
/// <param name="Items">Each as wire JSON.</param>
/// <param name="Total">How many the customer was given, or meet the filters, up to <see cref="HeldQuery.Most"/>.</param>
/// <param name="MoreStartingAfter">Where the next page starts; null at the end.</param>
[GenerateSerializer, Immutable, Alias("held-page")]
public sealed record HeldPage([property: Id(0)] IReadOnlyList<RawJson> Items, [property: Id(1)] long Total, [property: Id(2)] string? MoreStartingAfter)
{
    /// <summary>What is wrong with the filters; empty where nothing is.</summary>
    [Id(3)] public IReadOnlyList<FieldProblem> Problems { get; init; } = [];
}
