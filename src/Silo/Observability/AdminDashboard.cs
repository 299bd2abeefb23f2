using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Dashboard;

namespace Marketing.Observability;

/// <summary>
/// Orleans' dashboard under <c>/admin/dashboard</c>, behind a key. Without a key there is none. Silos and the API need the same setting.
/// </summary>
public static class AdminDashboard
{
    /// <summary>Opens the dashboard: the password of any user in a browser, or the header <c>X-Admin-Key</c>.</summary>
    public const string KeyKey = "Distributions:Admin:Key";

    private const string Path = "/admin/dashboard";
    private const string Header = "X-Admin-Key";

    // Shows the stored state of any grain, and that of the project directory holds secrets.
    private const string StateOfGrains = "/GrainState";

    /// <summary>Registers the dashboard. Called after Orleans.</summary>
    public static IHostApplicationBuilder AddAdminDashboard(this IHostApplicationBuilder builder)
    {
        if (Key(builder.Configuration) is not null)
        {
            builder.ConfigureOrleans(silo => silo.AddDashboard(HideLog), client => client.AddDashboard(HideLog));
        }

        return builder;
    }

    /// <summary>Maps the dashboard.</summary>
    public static IEndpointRouteBuilder MapAdminDashboard(this IEndpointRouteBuilder routes)
    {
        if (Key(routes.ServiceProvider.GetRequiredService<IConfiguration>()) is { } key)
        {
            var expected = SHA256.HashData(Encoding.UTF8.GetBytes(key));
            routes.MapOrleansDashboard(Path).ExcludeFromDescription().GuardedBy(http => Admit(http, expected));
        }

        return routes;
    }

    private static ValueTask<bool> Admit(HttpContext http, byte[] expected)
    {
        var given = BasicCredentials.Read(http.Request)?.Password ?? http.Request.Headers[Header].ToString();

        // Hashes of equal length, so that the time says nothing about the length of the key either.
        var isKey = CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), expected);
        if (!isKey)
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            http.Response.Headers.WWWAuthenticate = BasicCredentials.Challenge("admin");
            return ValueTask.FromResult(false);
        }

        if (http.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route } && route.EndsWith(StateOfGrains, StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return ValueTask.FromResult(false);
        }

        return ValueTask.FromResult(true);
    }

    private static void HideLog(DashboardOptions options) => options.HideTrace = true;

    private static string? Key(IConfiguration configuration) => configuration[KeyKey] is { Length: > 0 } key ? key : null;
}
