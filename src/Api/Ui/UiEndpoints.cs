using Marketing.Http;
using Marketing.Projects;
using Microsoft.Net.Http.Headers;

namespace Marketing.Ui;

/// <summary>The manager in the browser: its files, and who is signed in.</summary>
internal static class UiEndpoints
{
    // Mails are shown in a frame of the API's, which has a policy of its own.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; font-src 'self'; connect-src 'self'; frame-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapUi(this IEndpointRouteBuilder routes)
    {
        // What a browser opens first. Not for good, so that nobody remembers it.
        routes.MapGet("/", static (HttpRequest request) => TypedResults.Redirect(IsBrowser(request) ? "/ui/" : "/docs")).ExcludeFromDescription();
        var group = routes.MapGroup("/ui").ExcludeFromDescription();
        group.MapGet("/session", ShowAsync);
        group.MapPost("/session", SignInAsync);
        group.MapDelete("/session", SignOut);
        group.MapGet("/{**path}", ShowFile);
    }

    /// <summary>Who is signed in, if anybody is; whoever looks stays signed in.</summary>
    internal static async Task<Wire<UiSessionResponse>> ShowAsync(HttpContext http, BrowserSessions sessions)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Wire.Ok(await sessions.AuthenticateAsync(http) is { } key ? UiSessionResponse.Of(key, sessions.Begin(http, key)) : new UiSessionResponse());
    }

    /// <summary>Begins a session, by a server key of the project or by the code that the first start printed.</summary>
    internal static async Task<IResult> SignInAsync(HttpContext http, OwnBody<UiSignInRequest> body, AccessKeys keys, SignInCode codes, BrowserSessions sessions, IFirstProject first)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!BrowserSessions.IsOurOwn(http.Request))
        {
            return new ApiError(403, "forbidden", "Forbidden", $"Only pages of this server sign in, or who sends {BrowserSessions.OwnHeader}");
        }

        var root = body.Object;
        AccessKey? key;
        if (root.Line("code", TextLimits.Name) is { } code)
        {
            key = codes.Use(code) is { } appId ? await keys.FindAsync(AccessKeys.Server, appId) : null;
        }
        else
        {
            key = await keys.AuthenticateAsync(AccessKeys.Server, root.RequiredText("app_id", TextLimits.Name).Trim(), root.RequiredText("app_token", TextLimits.Name).Trim());
        }

        if (key is { SessionSecret: not null })
        {
            return Wire.Ok(UiSessionResponse.Of(key, sessions.Begin(http, key)));
        }

        return first.Exists ? ApiError.Unauthorized("No server key, or no code, is like this") : ApiError.Unavailable();
    }

    /// <summary>Ends the session of this browser.</summary>
    internal static IResult SignOut(HttpContext http)
    {
        if (!BrowserSessions.IsOurOwn(http.Request))
        {
            return new ApiError(403, "forbidden", "Forbidden", $"Only pages of this server sign out, or who sends {BrowserSessions.OwnHeader}");
        }

        BrowserSessions.End(http);
        return TypedResults.NoContent();
    }

    internal static IResult ShowFile(HttpContext http, UiFiles files, string path = "")
    {
        if (files.Find(path) is not { } file)
        {
            return ApiError.ForStatus(404);
        }

        var headers = http.Response.Headers;
        headers.ETag = file.Tag;
        headers.Vary = "Accept-Encoding";
        headers.CacheControl = file.IsFixed ? "public, max-age=31536000, immutable" : "no-cache";
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "same-origin";
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(EntityTagHeaderValue.Parse(file.Tag), useStrongComparison: false)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var compressed = http.Request.GetTypedHeaders().AcceptEncoding.Any(static encoding => encoding.Value == "br" && encoding.Quality is null or > 0);
        if (compressed)
        {
            headers.ContentEncoding = "br";
        }

        return TypedResults.Bytes(compressed ? file.Compressed : file.Content, file.ContentType);
    }

    private static bool IsBrowser(HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
