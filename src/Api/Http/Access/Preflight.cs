namespace Marketing.Http;

/// <summary>
/// Answers the browser's question before a client-side call. It carries no key, so an origin passes that any project trusts; the
/// call itself is then checked against its own project.
/// </summary>
internal static class Preflight
{
    /// <summary>Called before routing: an endpoint for every path would make every path one that is there.</summary>
    public static void UsePreflight(this IApplicationBuilder app) => app.MapWhen(
        static context => HttpMethods.IsOptions(context.Request.Method) && context.Request.Path.StartsWithSegments("/client/v1"),
        static client => client.Run(AnswerAsync));

    private static async Task AnswerAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        var projects = context.RequestServices.GetRequiredService<ProjectCache>();
        if (origin.Length == 0 || !await projects.AnyAsync(project => ClientOrigins.Trusts(project, origin)))
        {
            await new ApiError(403, "forbidden", "Forbidden", "No project trusts this origin").ExecuteAsync(context);
            return;
        }

        ClientOrigins.Allow(context.Response, origin);
        context.Response.Headers.AccessControlAllowMethods = "GET, POST";
        context.Response.Headers.AccessControlAllowHeaders =
            "Content-Type, X-Client-Application-Id, X-Client-Token, X-Voucherify-Channel, X-Voucherify-API-Version, Idempotency-Key";
        context.Response.Headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
