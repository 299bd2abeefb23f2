namespace Marketing;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the order asked for.</param>
/// <param name="Total">How many match in all; -1 when the list is read by cursor and nobody counted.</param>
/// <param name="HasMore">Whether another page follows.</param>
[GenerateSerializer, Immutable, Alias("page`1")]
public sealed record Page<T>([property: Id(0)] IReadOnlyList<T> Items, [property: Id(1)] long Total, [property: Id(2)] bool HasMore)
{
    /// <summary>Whether there are more than <see cref="Total"/>, which is as far as was counted.</summary>
    [Id(3)] public bool TotalIsMinimum { get; init; }

    /// <summary>The same page of other items.</summary>
    public Page<TOther> Of<TOther>(IReadOnlyList<TOther> items) => new(items, Total, HasMore) { TotalIsMinimum = TotalIsMinimum };
}

/// <summary>A half-open or closed range of time; an absent end is open.</summary>
/// <param name="Before">Only what lies before.</param>
/// <param name="After">Only what lies after.</param>
[GenerateSerializer, Immutable, Alias("time-range")]
public sealed record TimeRange([property: Id(0)] DateTimeOffset? Before, [property: Id(1)] DateTimeOffset? After);
