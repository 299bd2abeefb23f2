using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Marketing.Browser;

/// <summary>What stands before several API processes: each request goes to the next of them, and past those that take no connections.</summary>
internal sealed class TurnTaking : IAsyncDisposable
{
    private static readonly string[] OfTheHop = ["connection", "host", "keep-alive", "transfer-encoding"];

    private readonly ConcurrentDictionary<int, int> _answered = new();
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) });
    private readonly int[] _ports;
    private readonly WebApplication _server;
    private int _turn;

    private TurnTaking(int[] ports)
    {
        _ports = ports;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.Run(ForwardAsync);
    }

    public string Url => _server.Urls.Single();

    public static async Task<TurnTaking> StartAsync(params int[] ports)
    {
        var turns = new TurnTaking(ports);
        await turns._server.StartAsync();
        return turns;
    }

    /// <summary>How many requests a process has answered.</summary>
    public int AnsweredBy(int port) => _answered.GetValueOrDefault(port);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var turn = (uint)Interlocked.Increment(ref _turn);
        for (var attempt = 0; attempt < _ports.Length; attempt++)
        {
            var port = _ports[(turn + attempt) % _ports.Length];
            try
            {
                using var request = RequestOf(context.Request, port, body.ToArray());
                using var answer = await _client.SendAsync(request, context.RequestAborted);
                _answered.AddOrUpdate(port, 1, static (_, count) => count + 1);
                await AnswerAsync(answer, context);
                return;
            }
            catch (HttpRequestException failure) when (!context.Response.HasStarted && (failure.HttpRequestError == HttpRequestError.ConnectionError || HttpMethods.IsGet(context.Request.Method)))
            {
                // It has not been asked, or may be asked again.
            }
            catch (Exception failure) when (failure is HttpRequestException or HttpIOException or OperationCanceledException)
            {
                break;
            }
        }

        if (context.Response.HasStarted)
        {
            context.Abort();
        }
        else
        {
            context.Response.StatusCode = (int)HttpStatusCode.BadGateway;
        }
    }

    private static HttpRequestMessage RequestOf(HttpRequest asked, int port, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(asked.Method), $"http://127.0.0.1:{port}{asked.Path.ToUriComponent()}{asked.QueryString}") { Content = body.Length > 0 ? new ByteArrayContent(body) : null };
        foreach (var (name, values) in asked.Headers.Where(static header => !OfTheHop.Contains(header.Key.ToLowerInvariant())))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        request.Headers.Host = asked.Host.Value;
        return request;
    }

    private static async Task AnswerAsync(HttpResponseMessage answer, HttpContext context)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(static header => !OfTheHop.Contains(header.Key.ToLowerInvariant())))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        // Part by part, as a stream of events comes.
        await using var content = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var part = new byte[16 * 1024];
        while (await content.ReadAsync(part, context.RequestAborted) is > 0 and var read)
        {
            await context.Response.Body.WriteAsync(part.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
