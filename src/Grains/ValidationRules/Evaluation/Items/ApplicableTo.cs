using Marketing.Carts;

namespace Marketing.ValidationRules;

/// <summary>To which items a discount goes, and to which not.</summary>
/// <param name="Included">In the order in which they were written.</param>
/// <param name="Excluded">What takes precedence over that.</param>
/// <param name="IncludedAll">Everything that is not excluded.</param>
internal sealed record ApplicableItems(IReadOnlyList<ApplicableTo> Included, IReadOnlyList<ApplicableTo> Excluded, bool IncludedAll)
{
    public static readonly ApplicableItems Everything = new([], [], IncludedAll: false);

    /// <summary>Whether nothing is said of items.</summary>
    public bool IsUnrestricted => Excluded.Count == 0 && (IncludedAll || Included.Count == 0);

    /// <summary>Whether a discount goes to the line. Where nothing is included by name, everything is.</summary>
    public bool Covers(CartLine line, DateTimeOffset now) =>
        !Excluded.Any(item => item.Matches(line, now)) && (IncludedAll || Included.Count == 0 || Included.Any(item => item.Matches(line, now)));

    /// <summary>The first of the included that is about the line, with its limits and its price; null where none is.</summary>
    public ApplicableTo? For(CartLine line, DateTimeOffset now) => Covers(line, now) ? Included.FirstOrDefault(item => item.Matches(line, now)) : null;
}

/// <summary>A product, a SKU or a collection that a discount goes to, and how. Money in minor units.</summary>
internal sealed record ApplicableTo
{
    /// <summary>What it is; null where it is told by metadata.</summary>
    public ItemReference? Item { get; init; }

    /// <summary>Of a SKU, the product.</summary>
    public string? ProductId { get; init; }

    public string? ProductSourceId { get; init; }

    public ApplicableEffect Effect { get; init; }

    /// <summary>The most units of a line.</summary>
    public long? QuantityLimit { get; init; }

    /// <summary>The most units of all matching lines together.</summary>
    public long? AggregatedQuantityLimit { get; init; }

    /// <summary>The most that is taken off a line.</summary>
    public long? AmountLimit { get; init; }

    /// <summary>The most that is taken off all matching lines together.</summary>
    public long? AggregatedAmountLimit { get; init; }

    /// <summary>The new price of a unit; where there is a formula, what holds when it cannot be calculated.</summary>
    public long? Price { get; init; }

    public string? PriceFormula { get; init; }

    /// <summary>Every how manyth item: 3 is every third. Null for each.</summary>
    public int? Repeat { get; init; }

    /// <summary>How many items are passed over first.</summary>
    public int? SkipInitially { get; init; }

    /// <summary>Whether items are units; else they are lines.</summary>
    public bool CountsUnits { get; init; }

    /// <summary>What the metadata of the product must be, where there is no <see cref="Item"/>.</summary>
    public MetadataTest? Metadata { get; init; }

    /// <param name="line">A line of the order.</param>
    /// <param name="now">The time of the redemption; conditions on metadata may count from it.</param>
    public bool Matches(CartLine line, DateTimeOffset now) => Item?.Matches(line) ?? Metadata!.Holds(line.ProductMetadata, now);
}

/// <summary>Which of the matching items a discount goes to.</summary>
internal enum ApplicableEffect
{
    Every,
    Cheapest,
    FromCheapest,
    MostExpensive,
    FromMostExpensive,
}
