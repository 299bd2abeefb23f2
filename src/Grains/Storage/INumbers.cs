namespace Marketing.Storage;

/// <summary>
/// Row numbers, handed out from blocks that this process reserved in the database: unique over all silos and restarts, mostly
/// increasing, with gaps.
/// </summary>
internal interface INumbers
{
    long Next(NumberSequence sequence);

    /// <summary>The first of <paramref name="count"/> consecutive numbers.</summary>
    long NextRange(NumberSequence sequence, int count);
}

internal enum NumberSequence
{
    Customers,
    Activity,
    Messages,
    Orders,
    Segments,
    Distributions,
    Log,
}
