using System.Globalization;
using Marketing.Hosting;
using Marketing.Http;

namespace Marketing.Tracking;

/// <summary>Where links and pictures of tracked mail lead. The token is the only credential, and says where a link goes, so nobody makes this an open door to elsewhere.</summary>
internal static class TrackingEndpoints
{
    private const int MaxToken = 8_192;
    private const int MaxHeader = 500;

    // One transparent pixel.
    private static readonly byte[] Pixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static void MapTracking(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/t").ExcludeFromDescription();
        group.MapGet("/o/{name}", OpenAsync);
        group.MapGet("/c/{token}", FollowAsync);
    }

    private static async Task<IResult> OpenAsync(string name, HttpContext http, ProjectCache projects, IGrainFactory grains)
    {
        var token = name.EndsWith(".gif", StringComparison.Ordinal) ? name[..^4] : name;
        if (await ProjectOfAsync(token, projects) is not { } project || !await grains.Tracking(project).OpenAsync(token, VisitOf(http)))
        {
            return ApiError.ForStatus(404);
        }

        Forget(http.Response);
        return Results.Bytes(Pixel, "image/gif");
    }

    private static async Task<IResult> FollowAsync(string token, HttpContext http, ProjectCache projects, IGrainFactory grains)
    {
        if (await ProjectOfAsync(token, projects) is not { } project || await grains.Tracking(project).FollowAsync(token, VisitOf(http)) is not { } url)
        {
            return ApiError.ForStatus(404);
        }

        Forget(http.Response);
        return Results.Redirect(url);
    }

    private static async ValueTask<int?> ProjectOfAsync(string token, ProjectCache projects)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        return token.Length <= MaxToken && dot > 0 && int.TryParse(token.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await projects.AnyAsync(project => project.Number == number) ? number : null;
    }

    private static MailVisit VisitOf(HttpContext http)
    {
        var headers = http.Request.Headers;
        return new MailVisit(Start(headers.UserAgent), Start(headers["Sec-Purpose"].ToString() + headers["Purpose"] + headers["X-Purpose"]), http.WantsHeadersOnly());

        static string? Start(string? text) => string.IsNullOrEmpty(text) ? null : text.Length <= MaxHeader ? text : text[..MaxHeader];
    }

    // Every visit is to be one, and the pages it leads to need not know of the mail.
    private static void Forget(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }
}
