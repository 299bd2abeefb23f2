namespace Marketing.Storage;

/// <summary>
/// Versions of the projects' catalogues, shared by all silos. A commit carries the version it was matched against; the committer refuses it
/// when there is a newer one.
/// </summary>
internal interface ICatalogueVersions
{
    /// <summary>The current version, 1 or more. Rows of the catalogue read after it are at least as new.</summary>
    Task<long> ReadAsync(int project);

    /// <summary>
    /// Makes a new version. When this returned, every commit matched against an older one is written, or is refused on whatever silo it is made.
    /// </summary>
    Task AdvanceAsync(int project);
}
