using Orleans.Concurrency;

namespace Marketing.Exports;

/// <summary>One export: a file of objects that is made in the background, durable before it is answered, resumed after a crash. Keyed by project and export id.</summary>
[Alias("export"), GrainInterfaceType("export")]
public interface IExportGrain : IGrainWithStringKey
{
    /// <summary>Stores the export and starts it. Repeating it with the same id changes nothing and answers the export as it is.</summary>
    [Alias("create")]
    Task<ExportResult> CreateAsync(ExportDefinition definition, CommandContext context);

    /// <summary>Deletes it with what is in it. False when there is none.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync();

    /// <summary>Goes on with an interrupted export. A hint; repeating it changes nothing.</summary>
    [Alias("resume"), OneWay]
    Task ResumeAsync();
}

/// <summary>Reads over the exports of one project. Keyed by project number; any number of activations.</summary>
[Alias("export-queries"), GrainInterfaceType("export-queries")]
public interface IExportQueriesGrain : IGrainWithIntegerKey
{
    /// <summary>One export, or null.</summary>
    [Alias("find")]
    Task<Export?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>A page of exports.</summary>
    /// <param name="order"><c>created_at</c> or <c>status</c>, with a leading <c>-</c> for descending.</param>
    /// <param name="limit">1..100.</param>
    /// <param name="page">From 1.</param>
    /// <param name="cancellation">Ends the wait.</param>
    [Alias("list")]
    Task<Page<Export>> ListAsync(string order, int limit, int page, CancellationToken cancellation = default);

    /// <summary>The file of an export, or null when the token does not open it: it was made up, altered, has expired, or is of another export.</summary>
    [Alias("open")]
    Task<ExportFile?> OpenAsync(string id, string token, CancellationToken cancellation = default);

    /// <summary>A part of the file of an export that was opened; null when it was deleted meanwhile.</summary>
    [Alias("part")]
    Task<byte[]?> PartAsync(string id, string token, int part, CancellationToken cancellation = default);
}

/// <summary>How the grains of exports are addressed.</summary>
public static class ExportAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>One export.</summary>
        public IExportGrain Export(int project, string id) => grains.At<IExportGrain>(GrainAddresses.Key(project, id));

        /// <summary>Reads over the exports of a project.</summary>
        public IExportQueriesGrain ExportQueries(int project) => grains.At<IExportQueriesGrain>(GrainAddresses.Key(project));
    }
}
