using Marketing.Health;
using Marketing.Http;

namespace Marketing.Hosting;

/// <summary>Whether this process lives, and whether it can do its work.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").ExcludeFromDescription();
        group.MapGet("/live", () => TypedResults.Text("live"));
        group.MapGet("/ready", ReadyAsync);
    }

    /// <summary>Ready when a silo can read and write. Liveness does not ask that: restarting the API would not bring a database back.</summary>
    internal static async Task<IResult> ReadyAsync(IGrainFactory grains, FirstProject first)
    {
        if (!first.Exists)
        {
            return ApiError.Unavailable() with { Details = "The first project does not exist yet" };
        }

        try
        {
            return await grains.Readiness.WhyNotReadyAsync().WaitAsync(Patience) is { } reason
                ? ApiError.Unavailable() with { Details = reason }
                : TypedResults.Text("ready");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return ApiError.Unavailable() with { Details = "The cluster does not answer" };
        }
    }
}
