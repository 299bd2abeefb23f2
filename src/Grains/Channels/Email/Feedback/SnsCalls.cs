using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Marketing.Channels.Webhooks;
using Microsoft.Extensions.Logging;

namespace Marketing.Channels.Email.Feedback;

/// <summary>Calls Amazon SNS. That an answer is Amazon's is what TLS says of the host. Certificates are kept: one signs for months.</summary>
internal sealed partial class SnsCalls(ILogger<SnsCalls> logger) : ISnsCalls, IDisposable
{
    private const int MostKept = 32;
    private const int LongestAnswer = 64 * 1024;

    private readonly ConcurrentDictionary<Uri, X509Certificate2> _kept = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        ConnectCallback = new GuardedConnector(allowPrivateNetworks: false).ConnectAsync,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
    })
    {
        Timeout = TimeSpan.FromSeconds(15),
        MaxResponseContentBufferSize = LongestAnswer,
    };

    public async ValueTask<X509Certificate2?> CertificateAsync(Uri url)
    {
        if (_kept.TryGetValue(url, out var known))
        {
            return known;
        }

        try
        {
            var certificate = X509Certificate2.CreateFromPem(await _client.GetStringAsync(url));
            return _kept.Count < MostKept ? _kept.GetOrAdd(url, certificate) : certificate;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException or CryptographicException)
        {
            LogFailed(failure);
            return null;
        }
    }

    public async Task<bool> ConfirmAsync(Uri url)
    {
        try
        {
            using var answer = await _client.GetAsync(url);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            LogFailed(failure);
            return false;
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        foreach (var certificate in _kept.Values)
        {
            certificate.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Warning, "A call of Amazon SNS failed; what it told is not taken, and comes again")]
    private partial void LogFailed(Exception exception);
}
