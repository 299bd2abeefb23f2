using System.Net;
using System.Text;
using System.Text.Json;

namespace Marketing.Distributions;

/// <summary>A rendered message as a page. Whoever wrote it is not trusted with the pages around it, so nothing in it runs and nothing but pictures is loaded.</summary>
internal sealed class PreviewPage(RawJson message) : IResult
{
    private const string Policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https: data:";

    private static readonly JsonSerializerOptions Indented = new(WireJson.Options) { WriteIndented = true };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var page = Encoding.UTF8.GetBytes(Compose());
        var response = httpContext.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "SAMEORIGIN";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(page, httpContext.RequestAborted);
    }

    private string Compose()
    {
        using var document = JsonDocument.Parse(message.Utf8);
        var root = document.RootElement;
        return Text(root, "html") is { } html ? Shown(html, root) : Plain(Text(root, "text") ?? JsonSerializer.Serialize(root, Indented));
    }

    // What travels in a mail is in the page itself.
    private static string Shown(string html, JsonElement root)
    {
        foreach (var picture in root.TryGetProperty("pictures", out var pictures) ? pictures.EnumerateObject() : default)
        {
            html = html.Replace($"\"cid:{picture.Name}\"", $"\"{picture.Value.GetString()}\"", StringComparison.Ordinal);
        }

        return html;
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Plain(string text) =>
        $"<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>Message</title></head><body><pre style=\"white-space:pre-wrap;overflow-wrap:anywhere\">{WebUtility.HtmlEncode(text)}</pre></body></html>";
}
