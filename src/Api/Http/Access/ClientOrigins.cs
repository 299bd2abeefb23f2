using Marketing.Projects;

namespace Marketing.Http;

/// <summary>Where client-side keys may be used from.</summary>
internal static class ClientOrigins
{
    private const string Opaque = "null";

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

    /// <summary>
    /// Entries are <c>*</c> for anybody, also without an origin; or an origin; or a host, or <c>*.</c> and a host for everything below it, over http and https and at
    /// any port.
    /// </summary>
    public static bool Trusts(Project project, string origin)
    {
        var domains = project.Settings.ClientTrustedDomains;
        if (domains.Contains("*"))
        {
            return true;
        }

        var page = WebOrigin.TryRead(origin);

        // An app that has no origin may name a host alone. The origin of a page that is nobody's is a word that looks like one.
        var isHost = origin != Opaque && Uri.CheckHostName(origin) != UriHostNameType.Unknown;
        var host = page?.Host ?? (isHost ? origin : "");
        return host.Length > 0 && domains.Any(domain =>
            domain.Contains("://", StringComparison.Ordinal) ? page is not null && page == WebOrigin.TryRead(domain)
            : domain.StartsWith("*.", StringComparison.Ordinal) ? host.EndsWith(domain[1..], StringComparison.OrdinalIgnoreCase)
            : Same(domain, host));
    }

    public static void Allow(HttpResponse response, string origin)
    {
        response.Headers.AccessControlAllowOrigin = origin;
        response.Headers.AccessControlExposeHeaders = "X-Request-Id, Retry-After, X-Rate-Limit-Limit, X-Rate-Limit-Remaining, X-Rate-Limit-Retry";
        response.Headers.Vary = "Origin";
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
