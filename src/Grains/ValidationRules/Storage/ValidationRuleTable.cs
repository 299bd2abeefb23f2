using Marketing.Storage;

namespace Marketing.ValidationRules;

/// <summary>A stored rule.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Rule id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Name">The name.</param>
/// <param name="Type">How it was made.</param>
/// <param name="ContextType">For what.</param>
/// <param name="Document">The rest, a <see cref="RuleDocument"/>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record ValidationRuleRow(
    long Number, string Id, long Version, string Name, string Type, string ContextType, RawJson Document, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where rules are stored.</summary>
internal static class ValidationRuleTable
{
    private static readonly Column Name = Column<ValidationRuleRow>.Text("name", row => row.Name);
    private static readonly Column Type = Column<ValidationRuleRow>.Text("type", row => row.Type);
    private static readonly Column ContextType = Column<ValidationRuleRow>.Text("context_type", row => row.ContextType);
    private static readonly Column Document = Column<ValidationRuleRow>.Blob("document", row => row.Document.Utf8.ToArray());
    private static readonly Column CreatedAt = Column<ValidationRuleRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<ValidationRuleRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<ValidationRuleRow> Rules = new("validation_rules", Read)
    {
        Columns = [Name, Type, ContextType, Document, CreatedAt, UpdatedAt],
        Orders = [CreatedAt, UpdatedAt, Name],
    };

    private static ValidationRuleRow Read(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.Text(Name), row.Text(Type), row.Text(ContextType), new RawJson(row.Blob(Document)), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
