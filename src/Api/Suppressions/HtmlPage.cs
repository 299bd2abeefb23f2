using System.Text;

namespace Marketing.Suppressions;

/// <summary>A small page for the people behind the addresses: no scripts, no cookies, nothing loaded from elsewhere.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="body">HTML of the body; the caller has encoded what is not its own.</param>
internal sealed class HtmlPage(int status, string body) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        var html = Encoding.UTF8.GetBytes($$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Unsubscribe</title>
            <style>body{font:1.1rem system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}
            button{font:inherit;padding:.6rem 1.4rem}</style>
            </head><body>{{body}}</body></html>
            """);
        response.ContentLength = html.Length;
        return response.Body.WriteAsync(html, httpContext.RequestAborted).AsTask();
    }
}
