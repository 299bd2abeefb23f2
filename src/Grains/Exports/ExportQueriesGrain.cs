using Marketing.Exports.Working;
using Marketing.Storage;
using Orleans.Concurrency;

namespace Marketing.Exports;

[GrainType("export-queries"), StatelessWorker, Reentrant]
internal sealed class ExportQueriesGrain(ITableStore<ExportRow> store, ITableStore<ExportPartRow> parts, TimeProvider clock) : Grain, IExportQueriesGrain
{
    private int Project => (int)this.GetPrimaryKeyLong();

    public async Task<Export?> FindAsync(string id, CancellationToken cancellation) =>
        await store.FindAsync(Project, id) is { } row && row.ExpiresAt > clock.GetUtcNow() ? ExportViews.View(Project, row, clock) : null;

    public async Task<Page<Export>> ListAsync(string order, int limit, int page, CancellationToken cancellation)
    {
        var rows = await store.ListAsync(Project, new TableQuery(order, limit, page), cancellation);
        return rows.Of<Export>([.. rows.Items.Select(row => ExportViews.View(Project, row, clock))]);
    }

    public async Task<ExportFile?> OpenAsync(string id, string token, CancellationToken cancellation) => await OpenedAsync(id, token) is { } row
        ? new ExportFile($"{row.ExportedObject}-{row.CreatedAt:yyyyMMdd-HHmmss}.csv", row.State.Bytes, row.State.Parts)
        : null;

    public async Task<byte[]?> PartAsync(string id, string token, int part, CancellationToken cancellation) =>
        await OpenedAsync(id, token) is { } row ? (await parts.FindAsync(Project, ExportPartRow.IdOf(row, ExportState.Result, part)))?.Data : null;

    private async Task<ExportRow?> OpenedAsync(string id, string token) =>
        await store.FindAsync(Project, id) is { Status: "DONE" } row && ExportToken.Opens(token, row.Secret, Project, id, clock.GetUtcNow()) ? row : null;
}
