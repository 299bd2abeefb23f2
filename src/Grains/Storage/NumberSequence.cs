namespace Marketing.Storage;

/// <summary>Numbers of one kind of row. A <see cref="Table"/> has its own.</summary>
/// <param name="name">What it is stored under; two of a name are one sequence.</param>
/// <param name="blockSize">How many a process reserves at a time, and wastes a part of at a restart.</param>
internal sealed class NumberSequence(string name, int blockSize = 10_000)
{
    public static readonly NumberSequence Customers = new("customers");
    public static readonly NumberSequence Activity = new("activity", 100_000);
    public static readonly NumberSequence Messages = new("messages", 100_000);
    public static readonly NumberSequence Ledger = new("ledger", 100_000);
    public static readonly NumberSequence Log = new("log");

    // 32 bits wide and rarely needed.
    public static readonly NumberSequence Segments = new("segments", 10);
    public static readonly NumberSequence Distributions = new("distributions", 10);

    /// <summary>Those that the first caller is not to wait for.</summary>
    public static IReadOnlyList<NumberSequence> Common { get; } = [Customers, Activity, Messages, Log, Segments, Distributions];

    public string Name => name;

    public int BlockSize => blockSize;
}
