using System.Diagnostics;

namespace Marketing.Bench.Yardsticks;

/// <summary>A loop over a pooled HttpClient that posts 1 KB, unsigned, and remembers nothing.</summary>
internal sealed class BareWebhooks(Uri url, int connections, int posts) : IYardstick
{
    public string Name => "bare HttpClient loop";

    public async Task<double> MeasureAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections });
        var body = new byte[1_024];
        var left = posts;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new("application/json");
                using var response = await http.PostAsync(url, content);
                response.EnsureSuccessStatusCode();
            }
        })));
        return posts / watch.Elapsed.TotalSeconds;
    }
}
