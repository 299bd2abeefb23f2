using Marketing.Storage;

namespace Marketing.MetadataSchemas;

/// <summary>A stored schema.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Schema id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Subject">What it is about, by <see cref="SchemaRules.SubjectOf"/>.</param>
/// <param name="AllowDefinedOnly">Whether keys without a definition are refused.</param>
/// <param name="Properties">The definitions, a JSON array of <see cref="SchemaProperty"/>s.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record MetadataSchemaRow(
    long Number, string Id, long Version, string Subject, bool? AllowDefinedOnly, RawJson Properties, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where schemas are stored.</summary>
internal static class MetadataSchemaTable
{
    public static readonly Column Subject = Column<MetadataSchemaRow>.Text("subject", row => row.Subject);

    private static readonly Column AllowDefinedOnly = Column<MetadataSchemaRow>.Number("allow_defined_only", row => row.AllowDefinedOnly is { } only ? only ? 1 : 0 : null);
    private static readonly Column Properties = Column<MetadataSchemaRow>.Blob("properties", row => row.Properties.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<MetadataSchemaRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<MetadataSchemaRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<MetadataSchemaRow> Schemas = new("metadata_schemas", Read)
    {
        Columns = [Subject, AllowDefinedOnly, Properties, CreatedAt, UpdatedAt],
        Unique = [Subject],
        Orders = [CreatedAt],
    };

    private static MetadataSchemaRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Text(Subject), row.CountOrNull(AllowDefinedOnly) is { } only ? only != 0 : null, new RawJson(row.Blob(Properties)),
        row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
