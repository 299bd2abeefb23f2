using Microsoft.Net.Http.Headers;

namespace Marketing.Exports;

/// <summary>Answers the file of an export, part by part, so that none is ever in memory as a whole.</summary>
/// <param name="file">What it is.</param>
/// <param name="part">Reads a part of it.</param>
internal sealed class ExportDownload(ExportFile file, Func<int, Task<byte[]?>> part) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.ContentLength = file.Bytes;
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = file.Name }.ToString();
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        for (var number = 0; number < file.Parts; number++)
        {
            if (await part(number) is not { } bytes)
            {
                // Less than was announced: whoever reads it sees that it is not whole.
                httpContext.Abort();
                return;
            }

            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }
}
