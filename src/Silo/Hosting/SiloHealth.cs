using Marketing.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Marketing.Hosting;

/// <summary>Whether this silo lives, and whether it can do its work.</summary>
internal static class SiloHealth
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapSiloHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text("live"));
        routes.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(IGrainFactory grains)
    {
        try
        {
            // Stateless, so this silo answers itself.
            return await grains.Readiness.WhyNotReadyAsync().WaitAsync(Patience) is { } reason
                ? TypedResults.Text(reason, statusCode: StatusCodes.Status503ServiceUnavailable)
                : TypedResults.Text("ready");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return TypedResults.Text("The grains do not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
