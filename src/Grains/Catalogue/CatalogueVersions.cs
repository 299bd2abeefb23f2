using System.Collections.Concurrent;
using Marketing.Storage;

namespace Marketing.Catalogue;

/// <summary>The newest versions this silo knows of; apart from the catalogues themselves, because storage asks for them and the catalogues need storage.</summary>
internal sealed class CatalogueVersions : ICatalogueFence
{
    private readonly ConcurrentDictionary<int, long> _versions = new();

    public long CurrentVersion(int project) => _versions.GetValueOrDefault(project);

    public void Observe(int project, long version)
    {
        // Asked with every transaction and almost never news.
        if (version > CurrentVersion(project))
        {
            _versions.AddOrUpdate(project, version, (_, known) => Math.Max(known, version));
        }
    }
}
