namespace Marketing.Storage;

/// <summary>The tables that features declare.</summary>
internal sealed class TableSet(IEnumerable<Table> tables)
{
    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<Table> All { get; } = [.. tables.OrderBy(static table => table.Name, StringComparer.Ordinal)];

    /// <summary>Those whose rows are erased with a customer, in the order in which every transaction takes them.</summary>
    public IEnumerable<Table> Owned => All.Where(static table => table.Owner is not null);
}
