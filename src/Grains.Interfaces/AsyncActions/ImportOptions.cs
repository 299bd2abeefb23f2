namespace Marketing.AsyncActions;

/// <summary>How a file of customers is to be read.</summary>
[GenerateSerializer, Immutable, Alias("import-options")]
public sealed record ImportOptions
{
    /// <summary>As files are read where nothing else was asked for.</summary>
    public static readonly ImportOptions Default = new();

    /// <summary>A row means the customer with its address, and not the one with its id or source id.</summary>
    [Id(0)] public bool MatchByEmail { get; init; }

    /// <summary>An empty cell clears the field; otherwise it leaves it as it is.</summary>
    [Id(1)] public bool ClearEmpty { get; init; }
}
