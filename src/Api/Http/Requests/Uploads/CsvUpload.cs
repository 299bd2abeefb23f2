using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Marketing.Http;

/// <summary>The part <c>file</c> of a multipart upload, as UTF-8. Handlers take it as a parameter.</summary>
internal sealed class CsvUpload(byte[] file)
{
    public static readonly UploadedPart Form = new(
        "file", "CSV in UTF-8, or in the charset of the part's content type; separated by comma, semicolon, tab or |. The first row names the columns.");

    private const int MaxBoundary = 200;
    private const int MaxParts = 16;

    public byte[] File { get; } = file;

    public static async ValueTask<CsvUpload?> BindAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ||
            !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(ApiError.UnsupportedMediaType("multipart/form-data with the CSV file as its part 'file'"));
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundary)
        {
            throw Malformed();
        }

        var limit = BodyLimit.Of(context).Bytes;
        var body = await PooledBody.ReadAsync(context, limit);
        try
        {
            using var stream = new MemoryStream(body.Memory.ToArray(), writable: false);
            return new CsvUpload(await FindFileAsync(new MultipartReader(boundary, stream), context.RequestAborted));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw Malformed();
        }
    }

    private static async Task<byte[]> FindFileAsync(MultipartReader reader, CancellationToken cancellation)
    {
        for (var part = 0; part < MaxParts && await reader.ReadNextSectionAsync(cancellation) is { } section; part++)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) &&
                HeaderUtilities.RemoveQuotes(disposition.Name) == "file")
            {
                using var file = new MemoryStream();
                await section.Body.CopyToAsync(file, cancellation);
                var charset = MediaTypeHeaderValue.TryParse(section.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Charset).Value : null;
                return UploadedText.ToUtf8(file.ToArray(), charset);
            }
        }

        throw new RefusedException(ApiError.InvalidPayload("Payload must have required part 'file'"));
    }

    private static RefusedException Malformed() => new(ApiError.InvalidPayload("Payload must be well-formed multipart/form-data"));
}
