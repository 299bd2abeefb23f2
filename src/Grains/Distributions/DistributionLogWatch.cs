using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>What else becomes true when something happens to a distribution, with the entry of its log.</summary>
internal abstract class DistributionLogWatch
{
    /// <summary>New rows of declared tables that are to be written with the entry.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="distribution">As it is from then on.</param>
    /// <param name="entry">What happens.</param>
    public abstract ValueTask<IReadOnlyList<RowWrite>> RowsAsync(int project, Distribution distribution, DistributionLogEntry entry);

    /// <summary>They are durable. Must not wait.</summary>
    public abstract void Saved(int project, IReadOnlyList<RowWrite> rows);
}
