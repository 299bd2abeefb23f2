using Marketing.Storage;

namespace Marketing.Topics;

/// <summary>A stored topic.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Topic id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">A sentence about it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
internal sealed record TopicRow(long Number, string Id, long Version, string Name, string? Description, DateTimeOffset CreatedAt, DateTimeOffset? UpdatedAt) : ITableRow;

/// <summary>Where topics are stored.</summary>
internal static class TopicTable
{
    private static readonly Column Name = Column<TopicRow>.Text("name", row => row.Name);
    private static readonly Column Description = Column<TopicRow>.Text("description", row => row.Description);
    private static readonly Column CreatedAt = Column<TopicRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column UpdatedAt = Column<TopicRow>.Instant("updated_at", row => row.UpdatedAt);

    public static readonly Table<TopicRow> Topics = new("topics", Read)
    {
        Columns = [Name, Description, CreatedAt, UpdatedAt],
        Unique = [Name],
        Orders = [CreatedAt],
    };

    /// <summary>A row as callers see it.</summary>
    public static Topic View(TopicRow row) => new() { Id = row.Id, Name = row.Name, Description = row.Description, CreatedAt = row.CreatedAt, UpdatedAt = row.UpdatedAt };

    private static TopicRow Read(StoredRow row) =>
        new(row.Number, row.Id, row.Version, row.Text(Name), row.TextOrNull(Description), row.Instant(CreatedAt), row.InstantOrNull(UpdatedAt));
}
