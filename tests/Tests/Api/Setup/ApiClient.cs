using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Marketing.Api;

/// <summary>A caller of the API with fixed headers.</summary>
internal class ApiClient : IDisposable
{
    private readonly HttpClient _http;

    public ApiClient(Uri address, params (string Name, string Value)[] headers)
    {
        // The caller is another process: it does not take part in the traces of the API.
        _http = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        foreach (var (name, value) in headers)
        {
            _http.DefaultRequestHeaders.Add(name, value);
        }
    }

    protected Uri Address => _http.BaseAddress!;

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path);

    public Task<Answer> PostAsync(string path, string? body = null, params (string Name, string Value)[] headers) => SendAsync("POST", path, body, headers);

    public Task<Answer> PutAsync(string path, string body) => SendAsync("PUT", path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync("DELETE", path);

    public Task<Answer> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), headers);

    public Task<Answer> SendAsync(string method, string path, HttpContent? content, params (string Name, string Value)[] headers) =>
        SendAsync(method, new Uri(path, UriKind.Relative), content, headers);

    /// <summary>Sends the path as it is written, which .NET otherwise shortens: dots are segments like others.</summary>
    public Task<Answer> SendAsIsAsync(string method, string path, string? body = null) => SendAsync(
        method, new Uri(Address.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }),
        body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task<Answer> SendAsync(string method, Uri path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, text, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Uploads a file as a form does.</summary>
    public Task<Answer> UploadAsync(string path, byte[] file, string part = "file", params (string Name, string Value)[] headers)
    {
        var bytes = new ByteArrayContent(file);
        bytes.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return SendAsync("POST", path, new MultipartFormDataContent { { bytes, part, "file.csv" } }, headers);
    }

    /// <summary>Opens a stream of server-sent events.</summary>
    public async Task<StreamReader> OpenStreamAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>An answer of the API.</summary>
internal sealed record Answer(int Status, string Text, HttpResponseHeaders Headers, string? MediaType)
{
    public JsonElement Body => JsonElement.Parse(Text);

    /// <summary>A text field of the body.</summary>
    public string this[string field] => Body.GetProperty(field).GetString()!;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    /// <summary>The body, of an answer that must be this.</summary>
    public JsonElement Ok(int status = 200)
    {
        Assert.True(Status == status, $"{Status}: {Text}");
        return Status == 204 ? default : Body;
    }

    /// <summary>The documented error body, of an answer that must be one.</summary>
    public JsonElement Error(int status, string key)
    {
        Assert.True(Status == status, $"{Status}: {Text}");
        var body = Documented();
        Assert.Equal(key, body.GetProperty("key").GetString());
        return body;
    }

    /// <summary>Checks the shape every error has.</summary>
    public JsonElement Documented()
    {
        Assert.True(Status is >= 400 and < 500, $"{Status}: {Text}");
        var body = Body;
        Assert.Equal(Status, body.GetProperty("code").GetInt32());
        Assert.NotEqual("", body.GetProperty("key").GetString());
        Assert.NotEqual("", body.GetProperty("message").GetString());
        Assert.Equal(Header("X-Request-Id"), body.GetProperty("request_id").GetString());
        return body;
    }
}
