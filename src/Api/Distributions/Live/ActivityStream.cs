using System.Buffers;
using System.Text;
using System.Text.Json;
using Marketing.Hosting;
using Marketing.Http;

namespace Marketing.Distributions;

/// <summary>Server-sent events of a distribution's activity, until the client leaves, the distribution is deleted or the process stops.</summary>
internal sealed class ActivityStream(ActivitySource source, ActivityStreamOptions options, ActivityStreams streams, CancellationToken stopping)
    : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (!streams.TryOpen())
        {
            await ApiError.TooManyRequests(10).ExecuteAsync(httpContext);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        try
        {
            Describe(httpContext.Response);
            if (!httpContext.WantsHeadersOnly())
            {
                await RunAsync(httpContext.Response, ended.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && ended.IsCancellationRequested)
        {
            // The usual end of a stream.
        }
        finally
        {
            streams.Close();
        }
    }

    private static void Describe(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private async Task RunAsync(HttpResponse response, CancellationToken cancellation)
    {
        await WriteAsync(response, "retry: 2000\n\n"u8.ToArray(), cancellation);

        using var timer = new PeriodicTimer(options.PollInterval);
        var silence = TimeSpan.Zero;
        while (await PollAsync(cancellation) is { } events)
        {
            silence = events.Count > 0 ? TimeSpan.Zero : silence + options.PollInterval;
            if (events.Count > 0)
            {
                await WriteAsync(response, Compose(events), cancellation);
            }
            else if (silence >= options.Heartbeat)
            {
                silence = TimeSpan.Zero;
                await WriteAsync(response, ": still here\n\n"u8.ToArray(), cancellation);
            }

            // After a full page there is more already.
            if (events.Count < ActivitySource.BatchSize)
            {
                await timer.WaitForNextTickAsync(cancellation);
            }
        }
    }

    private async Task<IReadOnlyList<DistributionEvent>?> PollAsync(CancellationToken cancellation)
    {
        try
        {
            return await source.NextAsync(cancellation);
        }
        catch (Exception exception) when (Outages.IsOutage(exception))
        {
            // The cursor has not moved: the next round asks for the same again.
            return [];
        }
    }

    private static byte[] Compose(IReadOnlyList<DistributionEvent> events)
    {
        var text = new ArrayBufferWriter<byte>(Math.Max(1, events.Count * 512));
        foreach (var happened in events)
        {
            text.Write(Encoding.UTF8.GetBytes($"id: {happened.Id}\nevent: {happened.Type}\ndata: "));
            text.Write(JsonSerializer.SerializeToUtf8Bytes(DistributionEventResponse.From(happened), WireJson.Options));
            text.Write("\n\n"u8);
        }

        return text.WrittenSpan.ToArray();
    }

    private static async Task WriteAsync(HttpResponse response, byte[] text, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(text, cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
