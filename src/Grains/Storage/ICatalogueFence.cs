namespace Marketing.Storage;

/// <summary>
/// The newest catalogue this silo knows of. Asked on the writer's thread for every matched commit: it must answer at once and from memory.
/// </summary>
internal interface ICatalogueFence
{
    /// <summary>Version of the project's catalogue; 0 when none was loaded yet.</summary>
    long CurrentVersion(int project);
}
