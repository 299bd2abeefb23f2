using System.Collections.Concurrent;
using Marketing.Storage;

namespace Marketing.Catalogue;

/// <summary>The version of each project's catalogue on this silo; apart from the catalogue itself, because storage asks for it and the catalogue needs storage.</summary>
internal sealed class CatalogueVersions : ICatalogueFence
{
    private readonly ConcurrentDictionary<int, long> _versions = new();

    public long CurrentVersion(int project) => _versions.GetValueOrDefault(project);

    public void Advance(int project, long version) => _versions[project] = version;
}
