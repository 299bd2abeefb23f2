using System.Net;
using System.Security.Cryptography;
using System.Text;
using Marketing.Projects;
using Microsoft.AspNetCore.Http;

namespace Marketing.Observability;

/// <summary>
/// Who may read the metrics: with a port of their own, whoever reaches it; on the main listener, callers on this machine and whoever has
/// the management key.
/// </summary>
internal sealed class MetricsAccess(MetricsPort port, IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private volatile Remembered? _key;

    /// <summary>Whether the request passes; answers it if not.</summary>
    public async ValueTask<bool> AdmitAsync(HttpContext http)
    {
        if (port.Number is { } number)
        {
            // The port of the connection: a host header can be made up.
            http.Response.StatusCode = http.Connection.LocalPort == number ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            return http.Connection.LocalPort == number;
        }

        if (IsLocal(http) || await HasManagementKeyAsync(http.Request))
        {
            return true;
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = BasicCredentials.Challenge("metrics");
        return false;
    }

    // What a proxy on this machine passes on comes from elsewhere, and says so.
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) &&
        !http.Request.Headers.Keys.Any(static name =>
            name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase) || name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase) ||
            name.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase) || name.Equals("Via", StringComparison.OrdinalIgnoreCase));

    private async ValueTask<bool> HasManagementKeyAsync(HttpRequest request)
    {
        var headers = request.Headers;
        var (id, token) = BasicCredentials.Read(request) ?? (headers["X-Management-Id"].ToString(), headers["X-Management-Token"].ToString());
        return id.Length > 0 && token.Length > 0 && await KeyAsync() is { } key && id == key.AppId &&
            CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), key.TokenHash);
    }

    // Remembered for a while: a flood of wrong keys must not become a flood of grain calls.
    private async ValueTask<AccessKey?> KeyAsync()
    {
        if (_key is not { } known || clock.GetElapsedTime(known.At) > Lifetime)
        {
            known = new Remembered(await grains.ProjectDirectory.ManagementKeyAsync(), clock.GetTimestamp());
            _key = known;
        }

        return known.Key;
    }

    private sealed record Remembered(AccessKey? Key, long At);
}
