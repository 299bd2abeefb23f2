namespace Marketing.Storage;

/// <summary>
/// Row numbers, handed out from blocks that this process reserved in the database: unique over all silos and restarts, mostly
/// increasing, with gaps.
/// </summary>
internal interface INumbers
{
    ValueTask<long> NextAsync(NumberSequence sequence);

    /// <summary>The first of <paramref name="count"/> consecutive numbers.</summary>
    ValueTask<long> NextRangeAsync(NumberSequence sequence, int count);
}
