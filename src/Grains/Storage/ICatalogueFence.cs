namespace Marketing.Storage;

/// <summary>The newest version of each project's catalogue that this silo knows of, in memory.</summary>
internal interface ICatalogueFence
{
    /// <summary>Version of the project's catalogue; 0 when none is known yet.</summary>
    long CurrentVersion(int project);

    /// <summary>Takes note of a version. An older one than is known changes nothing.</summary>
    void Observe(int project, long version);
}
