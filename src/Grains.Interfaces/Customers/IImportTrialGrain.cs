using Marketing.AsyncActions;

namespace Marketing.Customers;

/// <summary>Tries imports out. Keyed by project number.</summary>
[Alias("import-trial"), GrainInterfaceType("import-trial")]
public interface IImportTrialGrain : IGrainWithIntegerKey
{
    /// <summary>Says what an import of a file of customers would do now, and changes nothing.</summary>
    /// <param name="file">The file as uploaded, at most 10 MB.</param>
    /// <param name="options">How it is to be read.</param>
    /// <param name="cancellation">Ends it early.</param>
    [Alias("try")]
    Task<ImportTrial> TryAsync(byte[] file, ImportOptions options, CancellationToken cancellation = default);
}

/// <summary>What a file would do.</summary>
[GenerateSerializer, Immutable, Alias("import-trial-result")]
public sealed record ImportTrial
{
    /// <summary>Why the file would be refused as a whole; null when it would not.</summary>
    [Id(0)] public string? Refusal { get; init; }

    /// <summary>The report as wire JSON, where the file would not be refused: mapping, counts, failures and warnings.</summary>
    [Id(1)] public RawJson? Report { get; init; }
}
