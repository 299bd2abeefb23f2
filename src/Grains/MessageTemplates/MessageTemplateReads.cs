using Marketing.Storage;

namespace Marketing.MessageTemplates;

/// <summary>Saved templates as whoever takes one reads them.</summary>
internal sealed class MessageTemplateReads(ITableStore<MessageTemplateRow> store, ITableStore<MessageTemplateVersionRow> versions)
{
    /// <summary>A template in one of its versions; null where there is none.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="version">Null for the newest.</param>
    public async Task<MessageTemplate?> FindAsync(int project, string id, int? version)
    {
        if (await store.FindAsync(project, id) is not { } row)
        {
            return null;
        }

        var wanted = version ?? row.Newest;
        return await versions.FindAsync(project, MessageTemplateTable.VersionId(id, wanted)) is { } content ? MessageTemplateTable.View(row, wanted, content) : null;
    }
}
