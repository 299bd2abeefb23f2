namespace Marketing.Http;

/// <summary>
/// Answers the browser's question before a client-side call. It carries no key, so an origin passes that any project trusts; the
/// call itself is then checked against its own project.
/// </summary>
internal static class Preflight
{
    public static void MapPreflight(this IEndpointRouteBuilder client) =>
        client.MapMethods("/{**path}", [HttpMethods.Options], AnswerAsync).ExcludeFromDescription();

    /// <summary>Answers a CORS preflight.</summary>
    internal static async Task<IResult> AnswerAsync(HttpContext context, ProjectCache projects)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || !await projects.AnyAsync(project => ClientOrigins.Trusts(project, origin)))
        {
            return new ApiError(403, "forbidden", "Forbidden", "No project trusts this origin");
        }

        ClientOrigins.Allow(context.Response, origin);
        context.Response.Headers.AccessControlAllowMethods = "GET, POST";
        context.Response.Headers.AccessControlAllowHeaders =
            "Content-Type, X-Client-Application-Id, X-Client-Token, X-Voucherify-Channel, X-Voucherify-API-Version, Idempotency-Key";
        context.Response.Headers.AccessControlMaxAge = "600";
        return TypedResults.NoContent();
    }
}
