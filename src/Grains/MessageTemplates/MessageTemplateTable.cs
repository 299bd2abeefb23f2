using System.Text.Json;
using Marketing.Channels;
using Marketing.Storage;

namespace Marketing.MessageTemplates;

/// <summary>A stored template.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Template id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Name">The name.</param>
/// <param name="Newest">Its newest version.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record MessageTemplateRow(long Number, string Id, long Version, string Name, int Newest, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>One version of a template. Written once.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Template id and version.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Template">Number of the template.</param>
/// <param name="Content">The content as JSON.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record MessageTemplateVersionRow(long Number, string Id, long Version, long Template, string Content, DateTimeOffset CreatedAt) : ITableRow;

/// <summary>Where templates are stored: what lists show, and the contents apart from it, because they are large.</summary>
internal static class MessageTemplateTable
{
    public static readonly Column Name = Column<MessageTemplateRow>.Text("name", row => row.Name);
    public static readonly Column Template = Column<MessageTemplateVersionRow>.Number("template", row => row.Template);

    private static readonly Column Newest = Column<MessageTemplateRow>.Number("newest", row => row.Newest);
    private static readonly Column CreatedAt = Column<MessageTemplateRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<MessageTemplateRow>.Instant("updated_at", row => row.UpdatedAt);
    private static readonly Column Content = Column<MessageTemplateVersionRow>.Text("content", row => row.Content);
    private static readonly Column VersionCreatedAt = Column<MessageTemplateVersionRow>.Instant("created_at", row => row.CreatedAt);

    public static readonly Table<MessageTemplateRow> Templates = new("message_templates", ReadTemplate)
    {
        Columns = [Name, Newest, CreatedAt, UpdatedAt],
        Unique = [Name],
        Orders = [CreatedAt],
    };

    public static readonly Table<MessageTemplateVersionRow> Versions = new("message_template_versions", ReadVersion)
    {
        Columns = [Template, Content, VersionCreatedAt],
        Groups = [Template],
        Orders = [VersionCreatedAt],
    };

    /// <summary>Id of the row of a version.</summary>
    public static string VersionId(string id, int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}.{version}");

    public static string Write(ChannelTemplate template) => JsonSerializer.Serialize(template, WireJson.Options);

    public static MessageTemplate View(MessageTemplateRow row, int version, MessageTemplateVersionRow? content) => new()
    {
        Id = row.Id,
        Name = row.Name,
        Version = version,
        Newest = row.Newest,
        Template = content is null ? new ChannelTemplate() : JsonSerializer.Deserialize<ChannelTemplate>(content.Content, WireJson.Options)!,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };

    private static MessageTemplateRow ReadTemplate(StoredRow row) =>
        new(row.Number, row.Id, row.Version, row.Text(Name), (int)row.Count(Newest), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));

    private static MessageTemplateVersionRow ReadVersion(StoredRow row) =>
        new(row.Number, row.Id, row.Version, row.Count(Template), row.Text(Content), row.Instant(VersionCreatedAt));
}
