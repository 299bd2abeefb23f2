using System.Diagnostics;
using System.Globalization;
using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.Images;

/// <summary>Pictures that mails show: uploading them, and where readers get them.</summary>
internal static class ImageEndpoints
{
    private const int MaxPage = 100;
    private const string Resource = "image";

    // The file, and what a form has around it.
    private static readonly BodyLimit Limit = new(StoredImage.MostBytes + (64 * 1024));

    public static void MapImages(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/images").WithTags("Images").WithPath("imageId", "The id of the image.");
        group.MapPost("", CreateAsync).WithName("CreateImage").WithMetadata(Limit, ImageUpload.Form).WithExample("""{"file":"the bytes of spring.png"}""");
        group.MapGet("", ListAsync).WithName("ListImages").WithQuery(Query.Limit, Query.Page(MaxPage), Query.Order("-created_at", "created_at"));
        group.MapGet("/{imageId}", GetAsync).WithName("GetImage");
        group.MapDelete("/{imageId}", DeleteAsync).WithName("DeleteImage");
    }

    /// <summary>Whoever opens a mail asks without a key. Nobody guesses an id.</summary>
    public static void MapPublicImages(this IEndpointRouteBuilder routes) => routes.MapGet("/images/{project}/{name}", ShowAsync).ExcludeFromDescription();

    /// <summary>
    /// Stores a PNG, JPEG or GIF of at most 2 MB, by what it is and not by what it is called; its <c>url</c> may be used in every mail. The same file again answers the same image. A project has at most 1,000.
    /// </summary>
    internal static async Task<Results<Wire<ImageResponse>, ApiError>> CreateAsync(Caller caller, ImageUpload upload, IGrainFactory grains) =>
        await grains.Images(caller.Number).CreateAsync(caller.NewId("img_"), upload.Name, upload.File) switch
        {
            ImageResult.Saved saved => Wire.Ok(ImageResponse.From(saved.Image)),
            ImageResult.NotAnImage => ApiError.InvalidPayload($"Payload part 'file' must be a PNG, JPEG or GIF of at most {StoredImage.MostBytes} bytes"),
            ImageResult.TooMany => ApiError.InvalidPayload($"A project has at most {StoredImage.Most} images"),
            _ => throw new UnreachableException(),
        };

    /// <summary>Lists images.</summary>
    internal static async Task<Wire<DataList<ImageResponse>>> ListAsync(Caller caller, QueryReader query, IGrainFactory grains, CancellationToken cancellation)
    {
        var page = await grains.Images(caller.Number).ListAsync(query.Limit(), query.Page(MaxPage), query.Order("-created_at", "created_at"), cancellation);
        return Wire.Ok(new DataList<ImageResponse>([.. page.Items.Select(ImageResponse.From)], page.Total));
    }

    /// <summary>What is known of an image.</summary>
    internal static async Task<Results<Wire<ImageResponse>, ApiError>> GetAsync(string imageId, Caller caller, IGrainFactory grains, CancellationToken cancellation) =>
        Ids.CanBe("img_", imageId) && await grains.Images(caller.Number).FindAsync(imageId, cancellation) is { } image
            ? Wire.Ok(ImageResponse.From(image))
            : ApiError.NotFound(Resource, imageId);

    /// <summary>Deletes an image. Mails that show it show it no more, once who keeps it has let go of it.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(string imageId, Caller caller, IGrainFactory grains) =>
        Ids.CanBe("img_", imageId) && await grains.Images(caller.Number).DeleteAsync(imageId)
            ? TypedResults.NoContent()
            : ApiError.NotFound(Resource, imageId);

    private static async Task<IResult> ShowAsync(string project, string name, HttpContext http, ProjectCache projects, IGrainFactory grains)
    {
        var id = name.Split('.')[0];
        if (!int.TryParse(project, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !Ids.CanBe("img_", id)
            || !await projects.AnyAsync(known => known.Number == number) || await grains.ImageContents(number).ReadAsync(id, http.RequestAborted) is not { } image)
        {
            return ApiError.ForStatus(404);
        }

        // An id has one content for good. Nothing in it runs, whoever uploaded it.
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return Results.Bytes(image.Bytes, image.ContentType);
    }
}

/// <summary>An image.</summary>
internal sealed record ImageResponse
{
    public required string Id { get; init; }

    public string Object { get; } = "image";

    /// <summary>Name of the file that was uploaded first.</summary>
    public string? Name { get; init; }

    /// <summary>Where everybody gets it.</summary>
    public required string Url { get; init; }

    public required string ContentType { get; init; }

    /// <summary>In pixels.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels.</summary>
    public required int Height { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static ImageResponse From(StoredImage image) => new()
    {
        Id = image.Id,
        Name = image.Name,
        Url = image.Url,
        ContentType = image.ContentType,
        Width = image.Width,
        Height = image.Height,
        Bytes = image.Bytes,
        CreatedAt = image.CreatedAt,
    };
}
