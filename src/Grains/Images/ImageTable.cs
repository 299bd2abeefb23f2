using Marketing.Storage;

namespace Marketing.Images;

/// <summary>What is stored of a picture beside itself.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Its id.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Bytes">How large the file is.</param>
/// <param name="Digest">SHA-256 of the file, by which it is found again.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
internal sealed record ImageRow(
    long Number, string Id, long Version, string? Name, string ContentType, int Width, int Height, long Bytes, string Digest, DateTimeOffset CreatedAt) : ITableRow;

/// <summary>A picture itself.</summary>
/// <param name="Number">Of the row.</param>
/// <param name="Id">Id of the picture.</param>
/// <param name="Version">How often it was written.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Content">The file.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
internal sealed record ImageContentRow(long Number, string Id, long Version, string ContentType, byte[] Content, DateTimeOffset CreatedAt) : ITableRow;

/// <summary>Where pictures are stored: what lists show, and the files apart from it.</summary>
internal static class ImageTable
{
    public static readonly Column Digest = Column<ImageRow>.Text("digest", row => row.Digest);

    private static readonly Column Name = Column<ImageRow>.Text("name", row => row.Name);
    private static readonly Column ContentType = Column<ImageRow>.Text("content_type", row => row.ContentType);
    private static readonly Column Width = Column<ImageRow>.Number("width", row => row.Width);
    private static readonly Column Height = Column<ImageRow>.Number("height", row => row.Height);
    private static readonly Column Bytes = Column<ImageRow>.Number("bytes", row => row.Bytes);
    private static readonly Column CreatedAt = Column<ImageRow>.Instant("created_at", row => row.CreatedAt);
    private static readonly Column FileType = Column<ImageContentRow>.Text("content_type", row => row.ContentType);
    private static readonly Column Content = Column<ImageContentRow>.Blob("content", row => row.Content);
    private static readonly Column FileCreatedAt = Column<ImageContentRow>.Instant("created_at", row => row.CreatedAt);

    public static readonly Table<ImageRow> Images = new("images", ReadImage)
    {
        Columns = [Name, ContentType, Width, Height, Bytes, Digest, CreatedAt],
        Unique = [Digest],
        Orders = [CreatedAt],
    };

    public static readonly Table<ImageContentRow> Contents = new("image_contents", ReadContent)
    {
        Columns = [FileType, Content, FileCreatedAt],
        Orders = [FileCreatedAt],
    };

    private static ImageRow ReadImage(StoredRow row) => new(
        row.Number, row.Id, row.Version, row.TextOrNull(Name), row.Text(ContentType), (int)row.Count(Width), (int)row.Count(Height), row.Count(Bytes), row.Text(Digest), row.Instant(CreatedAt));

    private static ImageContentRow ReadContent(StoredRow row) => new(row.Number, row.Id, row.Version, row.Text(FileType), row.Blob(Content), row.Instant(FileCreatedAt));
}
