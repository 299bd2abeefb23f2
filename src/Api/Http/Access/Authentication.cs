using Marketing.Projects;

namespace Marketing.Http;

/// <summary>
/// Lets a request pass to an endpoint of a <see cref="Surface"/> only with a key that opens it, or with a token or a session of such a key. Leaves the <see cref="AccessKey"/> as a
/// feature.
/// </summary>
internal sealed class Authentication(RequestDelegate next, AccessKeys keys, AccessTokens tokens, BrowserSessions sessions, IFirstProject first)
{
    public Task InvokeAsync(HttpContext context)
    {
        var surface = context.GetEndpoint()?.Metadata.GetMetadata<Surface>();
        return surface is null || IsLink(context) ? next(context) : AuthenticateAsync(context, surface);
    }

    private async Task AuthenticateAsync(HttpContext context, Surface surface)
    {
        var headers = context.Request.Headers;
        AccessKey? key;
        if (surface != Surface.Management && !headers.ContainsKey(surface.IdHeader) && headers.Authorization is [{ } authorization] && KeysAndTokens(context))
        {
            var found = await tokens.AuthenticateAsync(authorization);
            if (found is { Token.Scope: var scope } && !OAuthScope.Covers(scope, PatternOf(context)))
            {
                context.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\"";
                await ApiError.MissingScope(scope).ExecuteAsync(context);
                return;
            }

            if (found is null)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            }

            key = found is { } good ? good.Key with { Kind = surface.Kind } : null;
        }
        else if (surface == Surface.Server && !headers.ContainsKey(surface.IdHeader) && headers.Authorization.Count == 0 && Sessions(context))
        {
            key = await sessions.AuthenticateAsync(context);
        }
        else
        {
            key = await keys.AuthenticateAsync(surface.Kind, headers[surface.IdHeader], headers[surface.TokenHeader]);
        }

        if (key is null && !first.Exists)
        {
            await ApiError.Unavailable().ExecuteAsync(context);
            return;
        }

        if (key is null)
        {
            await ApiError.Unauthorized($"{surface.IdHeader} and {surface.TokenHeader} do not open this part of the API").ExecuteAsync(context);
            return;
        }

        if (surface == Surface.Client && !ClientOrigins.Admit(context, key.Project!))
        {
            await ApiError.Unauthorized("The origin is not among the project's client_trusted_domains").ExecuteAsync(context);
            return;
        }

        context.Features.Set(key);
        await next(context);
    }

    private static bool IsLink(HttpContext context) =>
        context.GetEndpoint()!.Metadata.GetMetadata<OpenedByLink>() is { } link && context.Request.Query.ContainsKey(link.Parameter);

    private static bool KeysAndTokens(HttpContext context) => context.GetEndpoint()!.Metadata.GetMetadata<KeysOnly>() is null;

    private static bool Sessions(HttpContext context) => context.GetEndpoint()!.Metadata.GetMetadata<KeysOnly>() is null or { OrSessions: true };

    private static string PatternOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
}
