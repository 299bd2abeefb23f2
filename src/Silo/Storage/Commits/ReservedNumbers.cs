using System.Collections.Concurrent;

namespace Marketing.Storage;

/// <summary>
/// Hands numbers out from blocks reserved in the database. The next block is reserved while the current one is still being used,
/// so a caller waits only when a burst outruns the disk.
/// </summary>
internal abstract class ReservedNumbers(Func<NumberSequence, int, Task<long>> reserve) : INumbers
{
    private readonly ConcurrentDictionary<NumberSequence, NumberBlock> _blocks = new();

    public ValueTask<long> NextAsync(NumberSequence sequence) => BlockOf(sequence).TakeAsync(1);

    public ValueTask<long> NextRangeAsync(NumberSequence sequence, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return BlockOf(sequence).TakeAsync(count);
    }

    /// <summary>Begins to reserve the first block of the sequences that are asked for soon.</summary>
    protected void ReserveAhead()
    {
        foreach (var sequence in NumberSequence.Common)
        {
            BlockOf(sequence).ReserveAhead();
        }
    }

    private NumberBlock BlockOf(NumberSequence sequence) =>
        _blocks.GetOrAdd(sequence, static (key, ask) => new NumberBlock(ask, key, key.BlockSize), reserve);
}
