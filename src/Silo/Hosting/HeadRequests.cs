using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Marketing.Hosting;

/// <summary>
/// HEAD is answered as GET is, wherever GET is: the endpoints see a GET, and the server, which goes by what was sent, leaves the body out. Mail scanners and load
/// balancers ask so, and what a GET changes nothing by is all they reach.
/// </summary>
public static class HeadRequests
{
    /// <summary>Called before routing.</summary>
    public static IApplicationBuilder UseHeadAsGet(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        http.Features.Set(Mark.Instance);
        http.Request.Method = HttpMethods.Get;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
        }
    });

    /// <summary>Whether nothing but headers was asked for. Matters to answers without an end.</summary>
    public static bool WantsHeadersOnly(this HttpContext http) => http.Features.Get<Mark>() is not null;

    private sealed class Mark
    {
        public static readonly Mark Instance = new();
    }
}
