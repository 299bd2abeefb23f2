using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Hosting;

/// <summary>For processes that must end when they are told to, whatever still runs in them.</summary>
public static class StopDeadlineExtensions
{
    /// <summary>
    /// Ends the process when it could not stop within <c>Distributions:DrainTimeout</c> and a few seconds. Not for a host inside a larger process: that would
    /// end with it.
    /// </summary>
    public static IHostApplicationBuilder AddStopDeadline(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHostedService<StopDeadline>();
        return builder;
    }
}
