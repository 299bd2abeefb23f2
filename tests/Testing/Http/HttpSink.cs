using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Marketing.Testing;

/// <summary>A real HTTP receiver on loopback: the judge of what arrived. Answers 200 unless told otherwise.</summary>
public sealed class HttpSink : IAsyncDisposable
{
    private WebApplication? _server;
    private readonly SinkRecording _recording;
    private readonly ConcurrentQueue<SinkRequest> _requests = new();
    private readonly ConcurrentDictionary<string, int> _ledger = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SinkAnswer> _script = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private Func<SinkRequest, SinkAnswer>? _answer;
    private long _count;
    private volatile int _waiting;

    private readonly bool _tls;

    private HttpSink(SinkRecording recording, bool tls) => (_recording, _tls) = (recording, tls);

    /// <summary>Where it listens: <c>http://127.0.0.1:port/</c>.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Requests read to the end so far, whatever was answered.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>What arrived, in order; only when everything is recorded.</summary>
    public IReadOnlyList<SinkRequest> Requests => [.. _requests];

    /// <summary>Every request and when it was accepted; only when everything is recorded.</summary>
    public SinkAttempts Attempts { get; } = new();

    /// <summary>Webhook id → how often it arrived; empty when only counting.</summary>
    public IReadOnlyDictionary<string, int> Ledger => _ledger;

    /// <param name="recording">How much to remember.</param>
    /// <param name="port">Where to listen; 0 takes a free port.</param>
    /// <param name="tls">Speaks TLS, with a certificate that nobody vouches for.</param>
    public static async Task<HttpSink> StartAsync(SinkRecording recording = SinkRecording.Everything, int port = 0, bool tls = false)
    {
        var sink = new HttpSink(recording, tls);
        await sink.ListenAsync(port);
        return sink;
    }

    /// <summary>Takes no connections for a while. What it has begun is answered first.</summary>
    public async Task RefuseAsync(TimeSpan length)
    {
        await _server!.StopAsync(_stopping.Token);
        await _server.DisposeAsync();
        _server = null;
        await Task.Delay(length, _stopping.Token);
        await ListenAsync(Url.Port);
    }

    /// <summary>The next requests get these answers, one each; after that it is 200 again.</summary>
    public HttpSink Then(params IEnumerable<SinkAnswer> answers)
    {
        foreach (var answer in answers)
        {
            _script.Enqueue(answer);
        }

        return this;
    }

    /// <summary>Requests without a scripted answer get what this says. Not in counting mode.</summary>
    public HttpSink Always(Func<SinkRequest, SinkAnswer> answer)
    {
        _answer = answer;
        return this;
    }

    /// <summary>Every request without a scripted answer gets this one.</summary>
    public HttpSink Always(SinkAnswer answer) => Always(_ => answer);

    /// <summary>Completes as soon as so many requests have arrived in total; fails after the timeout, saying how many did.</summary>
    public async Task<IReadOnlyList<SinkRequest>> WaitForAsync(long count, TimeSpan timeout)
    {
        var waiter = new Waiter(count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _waiters.Add(waiter);
            _waiting = _waiters.Count;
        }

        // Announced first, counted afterwards: a request in between is seen by one side or the other.
        Release();
        try
        {
            await waiter.Arrived.Task.WaitAsync(timeout);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{Count} of {count} requests arrived within {timeout}.");
        }

        return Requests;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        if (_server is { } server)
        {
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await server.StopAsync(now.Token);
            await server.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private async Task ListenAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (_tls)
                {
                    listen.UseHttps(SmtpSink.SelfSigned());
                }
            });
            kestrel.AddServerHeader = false;
        });

        var server = builder.Build();
        server.Run(_recording == SinkRecording.Count ? CountAsync : ReceiveAsync);
        await server.StartAsync();
        (_server, Url) = (server, new Uri(server.Urls.First()));
    }

    private async Task CountAsync(HttpContext context)
    {
        // An unread body would cost the connection.
        await context.Request.Body.CopyToAsync(Stream.Null);
        Arrived();
        context.Response.ContentLength = 0;
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        await context.Request.Body.CopyToAsync(body);
        var request = new SinkRequest(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            body.ToArray(),
            DateTimeOffset.UtcNow);

        _ledger.AddOrUpdate(request.WebhookId, 1, (_, times) => times + 1);
        SinkAttempt? attempt = null;
        if (_recording == SinkRecording.Everything)
        {
            _requests.Enqueue(request);
            attempt = Attempts.Begin(request.WebhookId);
        }

        Arrived();
        var answer = _script.TryDequeue(out var scripted) ? scripted : _answer?.Invoke(request) ?? SinkAnswer.Ok;
        await AnswerAsync(context, answer, attempt);
    }

    private async Task AnswerAsync(HttpContext context, SinkAnswer answer, SinkAttempt? attempt)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(answer.OutlivesCaller ? CancellationToken.None : context.RequestAborted, _stopping.Token);
        try
        {
            if (answer.Closes)
            {
                context.Abort();
                return;
            }

            if (answer.Hangs || answer.Delay > TimeSpan.Zero)
            {
                await Task.Delay(answer.Hangs ? Timeout.InfiniteTimeSpan : answer.Delay, gone.Token);
            }

            if (answer.OutlivesCaller && answer.Accepts)
            {
                attempt?.Accept();
            }

            context.Response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers)
            {
                context.Response.Headers[name] = value;
            }

            await context.Response.Body.WriteAsync(answer.Body, gone.Token);
            if (answer.Stalls)
            {
                await context.Response.Body.FlushAsync(gone.Token);
                await Task.Delay(Timeout.InfiniteTimeSpan, gone.Token);
            }

            while (answer.NeverEnds)
            {
                await context.Response.Body.WriteAsync(new byte[1024], gone.Token);
                await context.Response.Body.FlushAsync(gone.Token);
            }

            if (answer.Accepts && !answer.OutlivesCaller)
            {
                await context.Response.CompleteAsync();
                attempt?.Accept();
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private void Arrived()
    {
        Interlocked.Increment(ref _count);
        if (_waiting > 0)
        {
            Release();
        }
    }

    private void Release()
    {
        var count = Count;
        lock (_lock)
        {
            _waiters.RemoveAll(waiter => waiter.Count <= count && waiter.Arrived.TrySetResult());
            _waiting = _waiters.Count;
        }
    }

    private sealed record Waiter(long Count, TaskCompletionSource Arrived);
}
