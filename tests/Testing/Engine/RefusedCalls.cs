using System.Collections.Concurrent;

namespace Marketing.Testing;

/// <summary>Remembers every call of the API that was not answered 2xx, questions about its health aside.</summary>
/// <param name="api">What the process is called.</param>
internal sealed class RefusedCalls(string api) : DelegatingHandler(new SocketsHttpHandler { MaxConnectionsPerServer = 256, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) })
{
    private readonly ConcurrentQueue<RefusedCall> _all = new();

    public IReadOnlyCollection<RefusedCall> All => _all;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var start = DateTimeOffset.UtcNow;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                Keep((int)response.StatusCode, response.Headers.RetryAfter is not null, await response.Content.ReadAsStringAsync(cancellationToken));
            }

            return response;
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            Keep(0, says: false, lost.Message);
            throw;
        }

        void Keep(int status, bool says, string text)
        {
            if (!request.RequestUri!.AbsolutePath.StartsWith("/health/", StringComparison.Ordinal))
            {
                _all.Enqueue(new RefusedCall(start, DateTimeOffset.UtcNow, api, status, says, $"{request.Method} {request.RequestUri.AbsolutePath}: {text}"));
            }
        }
    }
}
