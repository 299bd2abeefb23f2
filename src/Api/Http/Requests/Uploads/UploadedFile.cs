using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Marketing.Http;

/// <summary>The part <c>file</c> of a form.</summary>
/// <param name="Name">What it is called where it comes from.</param>
/// <param name="Charset">What its content type says, if anything.</param>
/// <param name="Bytes">The file.</param>
internal sealed record UploadedFile(string? Name, string? Charset, byte[] Bytes)
{
    private const int MaxBoundary = 200;
    private const int MaxParts = 16;

    /// <param name="context">The request.</param>
    /// <param name="expected">What it must be, for whoever sends something else.</param>
    public static async Task<UploadedFile> ReadAsync(HttpContext context, string expected)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ||
            !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusedException(ApiError.UnsupportedMediaType(expected));
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
            return await FindAsync(new MultipartReader(boundary, stream), context.RequestAborted);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw Malformed();
        }
    }

    private static async Task<UploadedFile> FindAsync(MultipartReader reader, CancellationToken cancellation)
    {
        for (var part = 0; part < MaxParts && await reader.ReadNextSectionAsync(cancellation) is { } section; part++)
        {
            if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) &&
                HeaderUtilities.RemoveQuotes(disposition.Name) == "file")
            {
                using var file = new MemoryStream();
                await section.Body.CopyToAsync(file, cancellation);
                var charset = MediaTypeHeaderValue.TryParse(section.ContentType, out var type) ? HeaderUtilities.RemoveQuotes(type.Charset).Value : null;
                return new UploadedFile(HeaderUtilities.RemoveQuotes(disposition.FileName).Value, charset, file.ToArray());
            }
        }

        throw new RefusedException(ApiError.InvalidPayload("Payload must have required part 'file'"));
    }

    private static RefusedException Malformed() => new(ApiError.InvalidPayload("Payload must be well-formed multipart/form-data"));
}
