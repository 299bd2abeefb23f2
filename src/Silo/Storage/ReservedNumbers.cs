namespace Marketing.Storage;

/// <summary>
/// Hands numbers out from blocks reserved in the database. The next block is reserved while the current one is still being used,
/// so a caller waits only when a burst outruns the disk.
/// </summary>
internal abstract class ReservedNumbers(Func<NumberSequence, int, Task<long>> reserve) : INumbers
{
    private readonly NumberBlock[] _blocks =
        [.. Enum.GetValues<NumberSequence>().Select(sequence => new NumberBlock(reserve, sequence, SizeOf(sequence)))];

    public ValueTask<long> NextAsync(NumberSequence sequence) => _blocks[(int)sequence].TakeAsync(1);

    public ValueTask<long> NextRangeAsync(NumberSequence sequence, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return _blocks[(int)sequence].TakeAsync(count);
    }

    /// <summary>Begins to reserve the first block of each sequence.</summary>
    protected void ReserveAhead()
    {
        foreach (var block in _blocks)
        {
            block.ReserveAhead();
        }
    }

    // Numbers of segments and distributions are 32 bits wide and rarely needed: small blocks waste few at a restart.
    private static int SizeOf(NumberSequence sequence) => sequence switch
    {
        NumberSequence.Messages or NumberSequence.Activity => 100_000,
        NumberSequence.Segments or NumberSequence.Distributions => 10,
        _ => 10_000,
    };
}
