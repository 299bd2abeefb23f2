using Marketing.Projects;

namespace Marketing.Http;

/// <summary>Where client-side keys may be used from.</summary>
internal static class ClientOrigins
{
    /// <summary>Whether the project trusts the origin of the request; if so, the browser is told that it may read the answer.</summary>
    public static bool Admit(HttpContext context, Project project)
    {
        var fromBrowser = context.Request.Headers.Origin.ToString();
        var origin = fromBrowser.Length > 0 ? fromBrowser : context.Request.Query["origin"].ToString();
        if (!Trusts(project, origin))
        {
            return false;
        }

        if (fromBrowser.Length > 0)
        {
            Allow(context.Response, fromBrowser);
        }

        return true;
    }

    /// <summary>Entries are <c>*</c>, an origin, a host, or <c>*.</c> and a host for everything below it.</summary>
    public static bool Trusts(Project project, string origin)
    {
        string? host = null;
        foreach (var domain in project.Settings.ClientTrustedDomains)
        {
            if (domain == "*")
            {
                return true;
            }

            host ??= Uri.TryCreate(origin, UriKind.Absolute, out var uri) ? uri.IdnHost : origin;
            if (host.Length > 0 && (Same(domain.TrimEnd('/'), origin) || Same(domain, host) ||
                (domain.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(domain[1..], StringComparison.OrdinalIgnoreCase))))
            {
                return true;
            }
        }

        return false;
    }

    public static void Allow(HttpResponse response, string origin)
    {
        response.Headers.AccessControlAllowOrigin = origin;
        response.Headers.AccessControlExposeHeaders = "X-Request-Id, Retry-After, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Retry";
        response.Headers.Vary = "Origin";
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
