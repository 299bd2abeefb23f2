using Marketing.Storage;
using Marketing.Storage.Relational;
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

    private static async Task<IResult> ReadyAsync(IGrainFactory grains, ISqlDatabase database)
    {
        try
        {
            await Task.WhenAll(
                grains.ProjectDirectory.ManagementKeyAsync(),
                database.PointAsync(session => session.NumberAsync(new SqlQuery("SELECT 1")))).WaitAsync(Patience);
            return TypedResults.Text("ready");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return TypedResults.Text(
                exception is StorageUnavailableException ? "the database does not answer" : "the grains do not answer",
                statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
