using System.Globalization;
using Marketing.Projects;
using Microsoft.Extensions.Options;

namespace Marketing.Http;

/// <summary>Counts authenticated requests, tells callers in headers where they stand, and answers 429 beyond the limit.</summary>
internal sealed class RateLimiting(RequestDelegate next, IOptions<RateLimitOptions> options, TimeProvider clock)
{
    // What clients see when nothing limits them: they divide by it and wait for it, so it is a number.
    private const string Unlimited = "1000000";

    private readonly RequestWindows _projects = new(TimeSpan.FromMinutes(1), clock);
    private readonly RequestWindows _addresses = new(TimeSpan.FromSeconds(5), clock);

    public Task InvokeAsync(HttpContext context)
    {
        var key = context.Features.Get<AccessKey>();
        if (key is null)
        {
            return next(context);
        }

        var client = key.Kind == AccessKeys.Client;
        var limit = client ? options.Value.ClientPerFiveSeconds : options.Value.PerMinute;
        var headers = context.Response.Headers;
        if (limit == 0)
        {
            headers["X-Rate-Limit-Limit"] = Unlimited;
            headers["X-Rate-Limit-Remaining"] = Unlimited;
            headers["X-Rate-Limit-Retry"] = Text(clock.GetUtcNow().ToUnixTimeSeconds());
            return next(context);
        }

        var (count, nextWindow) = client
            ? _addresses.Count($"{key.AppId} {context.Connection.RemoteIpAddress}")
            : _projects.Count(key.Project?.Id ?? "");
        headers["X-Rate-Limit-Limit"] = Text(limit);
        headers["X-Rate-Limit-Remaining"] = Text(Math.Max(0, limit - count));
        headers["X-Rate-Limit-Retry"] = Text(nextWindow);
        if (count <= limit)
        {
            return next(context);
        }

        headers["X-Rate-Limit-Type"] = "api_calls";
        return ApiError.TooManyRequests((int)Math.Max(1, nextWindow - clock.GetUtcNow().ToUnixTimeSeconds())).ExecuteAsync(context);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
