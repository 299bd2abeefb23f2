using Marketing.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Marketing.OAuth;

/// <summary>Tokens that open a project for a quarter of an hour, for those who should not have its keys.</summary>
internal static class OAuthEndpoints
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string ClientCredentials = "client_credentials";
    private const int LongestShown = 100;

    public static void MapOAuth(this IEndpointRouteBuilder v1)
    {
        var group = v1.MapGroup("/oauth").WithTags("OAuth").WithMetadata(new KeysOnly());
        group.MapPost("/token", IssueAsync).WithName("GenerateOAuthToken").Accepts<OAuthTokenRequest>(Form)
            .WithExample("""{"grant_type":"client_credentials","scope":"customers events"}""");
        group.MapPost("/introspect", IntrospectAsync).WithName("IntrospectOAuthToken").Accepts<OAuthTokenReference>(Form).WithExample(OAuthTokenReference.Example);
        group.MapPost("/token/revoke", RevokeAsync).WithName("RevokeOAuthToken").Accepts<OAuthTokenReference>(Form).WithExample(OAuthTokenReference.Example);
    }

    /// <summary>
    /// Makes a token, sent as <c>Authorization: Bearer</c> instead of the keys it was asked for with. It is good for 15 minutes at the paths its scope names, and a project has
    /// at most 1,000 that are good. The answer is the only one that has it.
    /// </summary>
    internal static async Task<Results<Wire<OAuthTokenResponse>, ApiError>> IssueAsync(Caller caller, FormBody form, HttpResponse response, IGrainFactory grains, TimeProvider clock)
    {
        if (form.Text("grant_type") is not { } grant || form.Text("scope") is not { } scope)
        {
            return MissingParameters();
        }

        if (grant != ClientCredentials)
        {
            return new ApiError(400, "invalid_grant_type", "Invalid grant_type", $"The grant_type must be {ClientCredentials}");
        }

        if (OAuthScope.TryRead(scope) is not { } names)
        {
            return new ApiError(400, "invalid_scope", $"Invalid scope: {PlainText.Start(scope, LongestShown)}", $"Known, and to be separated by spaces, are {string.Join(", ", OAuthScope.Names)}");
        }

        var token = BearerToken.New(caller.Number);
        var issued = await grains.OAuth(caller.Number).IssueAsync(token.Id, token.Hash, caller.AppId, string.Join(' ', names));
        response.Headers.CacheControl = "no-store";
        return issued is null
            ? new ApiError(400, "too_many_tokens", "Too many tokens", $"A project has at most {OAuthToken.Most} tokens that have not expired")
            : Wire.Ok(OAuthTokenResponse.From(token.Text, issued, clock));
    }

    /// <summary>What a token is good for. Of one that is good for nothing, or is of another project, only that it is not active.</summary>
    internal static async Task<Results<Wire<OAuthIntrospection>, ApiError>> IntrospectAsync(Caller caller, FormBody form, HttpResponse response, AccessTokens tokens, TimeProvider clock)
    {
        if (form.Text("access_token") is not { } text)
        {
            return MissingParameters();
        }

        response.Headers.CacheControl = "no-store";
        return BearerToken.TryRead(text) is { } token && token.Project == caller.Number && await tokens.FindAsync(token) is { } known
            ? Wire.Ok(OAuthIntrospection.From(text, known, clock))
            : Wire.Ok(new OAuthIntrospection { Active = false });
    }

    /// <summary>Makes a token good for nothing, at once where this is answered and within half a minute elsewhere.</summary>
    internal static async Task<Results<NoContent, ApiError>> RevokeAsync(Caller caller, FormBody form, AccessTokens tokens, IGrainFactory grains)
    {
        if (form.Text("access_token") is not { } text)
        {
            return MissingParameters();
        }

        if (BearerToken.TryRead(text) is not { } token || token.Project != caller.Number || await tokens.FindAsync(token) is null
            || !await grains.OAuth(caller.Number).RevokeAsync(token.Id))
        {
            return new ApiError(404, "not_found", "Resource not found", "The token is unknown, or it has expired");
        }

        tokens.Forget(token);
        return TypedResults.NoContent();
    }

    private static ApiError MissingParameters() => new(400, "missing_parameters", "Missing parameters");
}
