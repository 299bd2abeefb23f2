namespace Marketing.Storage;

/// <summary>What became of a <see cref="Commit"/>: it is on disk, or a guard refused it and nothing of it is.</summary>
/// <param name="RefusedBy">The first guard that did not hold; null when all did.</param>
internal readonly record struct CommitOutcome(Guard? RefusedBy)
{
    /// <summary>On disk.</summary>
    public static CommitOutcome Durable => default;

    public bool IsDurable => RefusedBy is null;

    /// <summary>In metrics and traces: of fixed values, whatever was refused.</summary>
    public string Name => RefusedBy switch
    {
        null => "durable",
        Guard.Version => "conflict",
        Guard.Unique => "taken",
        Guard.Balance => "out_of_bounds",
        Guard.Operation => "duplicate_operation",
        Guard.Lane => "fenced",
        Guard.Catalogue => "stale_catalogue",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static implicit operator CommitOutcome(Guard refusedBy) => new(refusedBy);
}
