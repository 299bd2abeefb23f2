using System.Text;
using System.Text.Encodings.Web;

namespace Marketing.Suppressions;

/// <summary>A small page for the people behind the addresses: no scripts, no cookies, nothing loaded from elsewhere.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="words">In whose language it is.</param>
/// <param name="title">What it is about; plain text.</param>
/// <param name="body">HTML of the body; the caller has encoded what is not its own.</param>
internal sealed class HtmlPage(int status, PageWords words, string title, string body) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLanguage = words.Language;
        response.Headers.Vary = "Accept-Language";
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        var html = Encoding.UTF8.GetBytes($$"""
            <!doctype html><html lang="{{words.Language}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{HtmlEncoder.Default.Encode(title)}}</title>
            <style>body{font:1.1rem system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem;color:#1c1c1c;background:#fff;line-height:1.5}
            button{font:inherit;padding:.6rem 1.4rem}fieldset{border:1px solid #767676;padding:.6rem 1rem;margin:1rem 0}label{display:block;padding:.3rem 0}small{display:block;color:#595959}
            a:focus-visible,button:focus-visible,input:focus-visible{outline:3px solid #1a5fb4;outline-offset:2px}</style>
            </head><body><main>{{body}}</main></body></html>
            """);
        response.ContentLength = html.Length;
        return response.Body.WriteAsync(html, httpContext.RequestAborted).AsTask();
    }
}
