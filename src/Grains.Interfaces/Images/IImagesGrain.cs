namespace Marketing.Images;

/// <summary>Pictures that mails of a project show. Keyed by project number. What is stored never changes, so it may be kept for good by whoever has it.</summary>
[Alias("images"), GrainInterfaceType("images")]
public interface IImagesGrain : IGrainWithIntegerKey
{
    /// <summary>Stores a picture under the id that is given. A picture that is there already is answered as it is, under its own id; so repeating it changes nothing.</summary>
    [Alias("create")]
    Task<ImageResult> CreateAsync(string id, string? name, byte[] content);

    /// <summary>Deletes a picture. False when there is none. Mails that show it show it no more.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(string id);

    /// <summary>What is known of a picture, or null.</summary>
    [Alias("find")]
    Task<StoredImage?> FindAsync(string id, CancellationToken cancellation = default);

    /// <summary>A page of pictures.</summary>
    [Alias("list")]
    Task<Page<StoredImage>> ListAsync(int limit, int page, string order, CancellationToken cancellation = default);
}

/// <summary>Reads the pictures of a project for whoever opens a mail. Keyed by project number, stateless.</summary>
[Alias("image-contents"), GrainInterfaceType("image-contents")]
public interface IImageContentsGrain : IGrainWithIntegerKey
{
    /// <summary>A picture itself, or null.</summary>
    [Alias("read")]
    Task<ImageContent?> ReadAsync(string id, CancellationToken cancellation = default);
}

/// <summary>What is known of a picture.</summary>
[GenerateSerializer, Immutable, Alias("stored-image")]
public sealed record StoredImage
{
    /// <summary>The most that a project has.</summary>
    public const int Most = 1_000;

    /// <summary>The most bytes that one has.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    /// <summary><c>img_…</c>; nobody guesses it.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Name of the file that was uploaded first.</summary>
    [Id(1)] public string? Name { get; init; }

    /// <summary><c>image/png</c>, <c>image/jpeg</c> or <c>image/gif</c>.</summary>
    [Id(2)] public required string ContentType { get; init; }

    /// <summary>In pixels.</summary>
    [Id(3)] public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    [Id(4)] public required int Height { get; init; }

    /// <summary>How large the file is.</summary>
    [Id(5)] public required long Bytes { get; init; }

    /// <summary>Where everybody gets it.</summary>
    [Id(6)] public required string Url { get; init; }

    /// <summary>When it was uploaded.</summary>
    [Id(7)] public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A picture itself.</summary>
/// <param name="ContentType">What it is.</param>
/// <param name="Bytes">The file.</param>
[GenerateSerializer, Immutable, Alias("image-content")]
public sealed record ImageContent([property: Id(0)] string ContentType, [property: Id(1)] byte[] Bytes);

/// <summary>Answer to an upload.</summary>
[GenerateSerializer, Immutable, Alias("image-result")]
public abstract record ImageResult
{
    /// <summary>Durable.</summary>
    [GenerateSerializer, Immutable, Alias("image-result.saved")]
    public sealed record Saved([property: Id(0)] StoredImage Image) : ImageResult;

    /// <summary>It is no picture of a kind that mail programs show.</summary>
    [GenerateSerializer, Immutable, Alias("image-result.not-an-image")]
    public sealed record NotAnImage : ImageResult;

    /// <summary>The project has <see cref="StoredImage.Most"/>.</summary>
    [GenerateSerializer, Immutable, Alias("image-result.too-many")]
    public sealed record TooMany : ImageResult;
}

/// <summary>How the grains of pictures are addressed.</summary>
public static class ImageAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The pictures of a project.</summary>
        public IImagesGrain Images(int project) => grains.At<IImagesGrain>(GrainAddresses.Key(project));

        /// <summary>The pictures of a project as readers of mails get them.</summary>
        public IImageContentsGrain ImageContents(int project) => grains.At<IImageContentsGrain>(GrainAddresses.Key(project));
    }
}
