using System.Text;
using Marketing.Hosting;
using Marketing.Http;

namespace Marketing.Distributions;

/// <summary>Server-sent events of what changes in a project, until the client leaves or the process stops.</summary>
internal sealed class ProjectStream(ProjectSource source, string? lastId, ActivityStreamOptions options, ActivityStreams streams, CancellationToken stopping) : IResult
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
            // Before the answer begins: an outage is still an error then.
            var isBehind = await source.StartAsync(lastId, ended.Token);
            var response = httpContext.Response;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no";
            if (!httpContext.WantsHeadersOnly())
            {
                await WriteAsync(response, "retry: 2000\n\n" + (isBehind ? "event: resync\ndata: {}\n\n" : ""), ended.Token);
                await RunAsync(response, ended.Token);
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

    private async Task RunAsync(HttpResponse response, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.PollInterval);
        var silence = TimeSpan.Zero;
        while (true)
        {
            var news = await PollAsync(cancellation);
            silence = news is { Events.Count: > 0 } ? TimeSpan.Zero : silence + options.PollInterval;
            if (news is { Events.Count: > 0 })
            {
                await WriteAsync(response, Compose(news), cancellation);
            }
            else if (silence >= options.Heartbeat)
            {
                // A client that comes back goes on here, however long nothing happened.
                silence = TimeSpan.Zero;
                await WriteAsync(response, ": still here\n" + (news?.Id is { } id ? $"id: {id}\n" : "") + "\n", cancellation);
            }

            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private async Task<ProjectNews?> PollAsync(CancellationToken cancellation)
    {
        try
        {
            return await source.NextAsync(cancellation);
        }
        catch (Exception exception) when (Outages.IsOutage(exception))
        {
            // The next round asks for the same again.
            return null;
        }
    }

    // Whoever has not read all of it comes back for all of it: only the last of a round has an id.
    private static string Compose(ProjectNews news)
    {
        var text = new StringBuilder();
        foreach (var (at, (type, json)) in news.Events.Index())
        {
            text.Append(at == news.Events.Count - 1 && news.Id is { } id ? $"id: {id}\n" : "").Append("event: ").Append(type).Append("\ndata: ").Append(json).Append("\n\n");
        }

        return text.ToString();
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
