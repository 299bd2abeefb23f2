using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;

namespace Marketing.Demo;

/// <summary>The API as its users have it: over HTTP, with a project's key.</summary>
internal sealed class DemoClient : IDisposable
{
    private readonly HttpClient _http;

    public DemoClient(Uri address, string appId, string appToken)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Add("X-App-Id", appId);
        _http.DefaultRequestHeaders.Add("X-App-Token", appToken);
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, null, cancellation);

    /// <param name="path">Where to.</param>
    /// <param name="body">JSON.</param>
    /// <param name="key">What makes a repetition of the request the same request; null where repeating changes nothing anyway.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public Task<JsonNode> PostAsync(string path, JsonNode? body, string? key, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : Json(Encoding.UTF8.GetBytes(body.ToJsonString())), key, cancellation);

    public Task<JsonNode> PutAsync(string path, JsonNode body, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Put, path, Json(Encoding.UTF8.GetBytes(body.ToJsonString())), null, cancellation);

    public Task<JsonNode> PostAsync(string path, DemoSample json, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, Json(json.Content), json.Key, cancellation);

    public Task<JsonNode> UploadAsync(string path, DemoSample file, CancellationToken cancellation)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file.Content), "file", file.Name } };
        return SendAsync(HttpMethod.Post, path, form, file.Key, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Json(byte[] utf8)
    {
        var content = new ByteArrayContent(utf8);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        return content;
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, HttpContent? content, string? key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await _http.SendAsync(request, cancellation);
        var answer = await response.Content.ReadAsStringAsync(cancellation);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(answer) ?? throw new DemoFailedException($"{method} {path} answered with nothing.")
            : throw new DemoFailedException($"{method} {path} answered {(int)response.StatusCode}: {answer}");
    }
}
