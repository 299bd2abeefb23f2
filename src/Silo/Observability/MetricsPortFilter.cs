using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Marketing.Observability;

/// <summary>Keeps everything but metrics and health off the metrics port: it is open to a network that the API may be closed to.</summary>
internal sealed class MetricsPortFilter(MetricsPort port) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (port.Number is { } number)
        {
            app.Use((http, rest) =>
            {
                var path = http.Request.Path;
                if (http.Connection.LocalPort != number || path.StartsWithSegments(Observability.MetricsPath) || path.StartsWithSegments("/health"))
                {
                    return rest(http);
                }

                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        }

        next(app);
    };
}
