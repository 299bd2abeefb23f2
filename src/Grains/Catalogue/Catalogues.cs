using System.Collections.Concurrent;
using Marketing.Observability;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Catalogue;

/// <summary>
/// This silo's copy of the catalogue of every project it works for. A commit carries the version it was matched against; the
/// committer refuses older ones, on every silo, and a refused caller finds the new version here.
/// </summary>
internal sealed partial class Catalogues(
    IEnumerable<SectionReader> readers, ICatalogueVersions versions, ICatalogueFence fence, EngineMetrics metrics, ILogger<Catalogues> logger)
{
    private readonly SectionReader[] _readers = [.. readers];
    private readonly ConcurrentDictionary<int, ProjectCatalogue> _projects = new();

    public ValueTask<CatalogueSnapshot> GetAsync(int project) => Known(project) is { } snapshot ? new(snapshot) : new(LoadAsync(project));

    /// <summary>The catalogue where it is at hand; null where it has to be read first.</summary>
    public CatalogueSnapshot? Known(int project) =>
        _projects.TryGetValue(project, out var known) && known.Current is { } snapshot && snapshot.Version >= fence.CurrentVersion(project) ? snapshot : null;

    /// <summary>At least as new as any change that was made before this call, on whatever silo.</summary>
    public async ValueTask<CatalogueSnapshot> FreshAsync(int project)
    {
        fence.Observe(project, await versions.ReadAsync(project));
        return await GetAsync(project);
    }

    /// <summary>
    /// Makes a change of what is in a section, whose rows are written, known to every silo. When this returned, every commit on every silo
    /// is matched against the change, and those matched before it are written.
    /// </summary>
    public async Task ChangedAsync(int project)
    {
        await versions.AdvanceAsync(project);
        await FreshAsync(project);
    }

    private async Task<CatalogueSnapshot> LoadAsync(int project)
    {
        var known = _projects.GetOrAdd(project, static _ => new ProjectCatalogue());
        await known.Gate.WaitAsync();
        try
        {
            if (known.Current is { } present && present.Version >= fence.CurrentVersion(project))
            {
                return present;
            }

            // The version before the rows: they may be newer than it, never older.
            var version = await versions.ReadAsync(project);
            var (before, now) = (known.Sections, new object[_readers.Length]);
            await Task.WhenAll(_readers.Select(async (reader, i) => now[i] = await reader.ReadAsync(project, before?[i])));
            var snapshot = new CatalogueSnapshot(project, version, now);
            known.Become(snapshot, now);
            fence.Observe(project, version);
            for (var i = 0; i < now.Length; i++)
            {
                Tell(_readers[i], snapshot, before?[i]);
            }

            metrics.CatalogueRefreshed();
            return snapshot;
        }
        finally
        {
            known.Gate.Release();
        }
    }

    // The catalogue is the current one already: a reader that fails here must keep no other from letting go of what is over.
    private void Tell(SectionReader reader, CatalogueSnapshot catalogue, object? before)
    {
        try
        {
            reader.Replaced(catalogue, before);
        }
        catch (Exception defect)
        {
            LogDefect(defect, reader.GetType().Name, catalogue.Project);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Reader} failed to follow the catalogue of project {Project}")]
    private partial void LogDefect(Exception exception, string reader, int project);
}
