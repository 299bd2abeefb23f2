using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketing.Testing;

/// <summary>Many HTTP receivers on loopback, each with a port of its own, that only count. Some of them may fall ill.</summary>
public sealed class ManyReceivers : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<int, int> _places = [];
    private WebApplication _server = null!;
    private long[] _counts = [];
    private (int Receivers, long Each, TaskCompletionSource Arrived)? _wanted;

    /// <summary>Where they listen.</summary>
    public IReadOnlyList<Uri> Urls { get; private set; } = [];

    /// <summary>From this one on, as many as <see cref="Silent"/> says take requests and never answer.</summary>
    public int IllFrom { get; set; } = int.MaxValue;

    public int Silent { get; set; }

    public static async Task<ManyReceivers> StartAsync(int count)
    {
        var receivers = new ManyReceivers();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            for (var i = 0; i < count; i++)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
        });

        receivers._server = builder.Build();
        receivers._server.Run(receivers.ReceiveAsync);
        receivers._counts = new long[count];
        await receivers._server.StartAsync();
        receivers.Urls = [.. receivers._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(static address => new Uri(address))];
        foreach (var (place, url) in receivers.Urls.Index())
        {
            receivers._places[url.Port] = place;
        }

        return receivers;
    }

    /// <summary>How many came to one of them so far.</summary>
    public long CountOf(int place) => Interlocked.Read(ref _counts[place]);

    /// <summary>Completes when so many have come to each of the first ones since it was asked for.</summary>
    public Task WaitForAsync(int receivers, long each, TimeSpan atMost)
    {
        var wanted = (receivers, each, Arrived: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        for (var i = 0; i < _counts.Length; i++)
        {
            Interlocked.Exchange(ref _counts[i], 0);
        }

        lock (_places)
        {
            _wanted = wanted;
        }

        return wanted.Arrived.Task.WaitAsync(atMost);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        var place = _places[context.Connection.LocalPort];
        var count = Interlocked.Increment(ref _counts[place]);
        if (place >= IllFrom)
        {
            if (place < IllFrom + Silent)
            {
                using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
                await Task.Delay(Timeout.InfiniteTimeSpan, gone.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
                context.Abort();
                return;
            }

            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            context.Response.Headers.RetryAfter = "30";
        }

        context.Response.ContentLength = 0;
        if (_wanted is { } wanted && count == wanted.Each && Array.TrueForAll(_counts[..wanted.Receivers], arrived => arrived >= wanted.Each))
        {
            wanted.Arrived.TrySetResult();
        }
    }
}
