using Marketing.Storage;

namespace Marketing.CampaignTemplates;

/// <summary>A stored template.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Template id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">The description.</param>
/// <param name="CampaignType">What it is a template of.</param>
/// <param name="Document">A <see cref="TemplateDocument"/>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record CampaignTemplateRow(
    long Number, string Id, long Version, string Name, string? Description, string CampaignType, RawJson Document, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where templates are stored.</summary>
internal static class CampaignTemplateTable
{
    private static readonly Column Name = Column<CampaignTemplateRow>.Text("name", row => row.Name);
    private static readonly Column Description = Column<CampaignTemplateRow>.Text("description", row => row.Description);
    private static readonly Column CampaignType = Column<CampaignTemplateRow>.Text("campaign_type", row => row.CampaignType);
    private static readonly Column Document = Column<CampaignTemplateRow>.Blob("document", row => row.Document.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<CampaignTemplateRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<CampaignTemplateRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<CampaignTemplateRow> Templates = new("campaign_templates", Read)
    {
        Columns = [Name, Description, CampaignType, Document, CreatedAt, UpdatedAt],
        Unique = [Name],
        Orders = [CreatedAt],
    };

    /// <summary>A row as callers see it.</summary>
    public static CampaignTemplate View(CampaignTemplateRow row) =>
        new() { Id = row.Id, Name = row.Name, Description = row.Description, CampaignType = row.CampaignType, CreatedAt = row.CreatedAt, UpdatedAt = row.UpdatedAt };

    private static CampaignTemplateRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Text(Name), row.TextOrNull(Description), row.Text(CampaignType), new RawJson(row.Blob(Document)), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
