using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketing.Projects;

namespace Marketing.Http;

/// <summary>
/// Sessions of people in a browser. A session is a cookie that names a server key and an end, signed with a secret derived for that key: every API process can check it, none keeps
/// anything, and it ends with its key as soon as <see cref="AccessKeys"/> knows that the key is gone.
/// </summary>
internal sealed class BrowserSessions(AccessKeys keys, TimeProvider clock)
{
    public const string CookieName = "distributions_session";

    /// <summary>What a page of our own sends, and a form or an image of another's cannot.</summary>
    public const string OwnHeader = "X-Distributions-Ui";

    private const int MaxCookie = 600;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Begins a session, or prolongs it.</summary>
    /// <returns>When it ends.</returns>
    public DateTimeOffset Begin(HttpContext context, AccessKey key)
    {
        var end = clock.GetUtcNow().Add(Lifetime);
        context.Response.Cookies.Append(CookieName, Write(key, end.ToUnixTimeSeconds()), Options(context, end));
        return end;
    }

    /// <summary>Ends the session of this browser. A copy of the cookie would go on until its own end.</summary>
    public static void End(HttpContext context) => context.Response.Cookies.Delete(CookieName, Options(context, null));

    /// <summary>The key behind the session of a request; null when there is no session, it is over, or the request came from another site.</summary>
    public async ValueTask<AccessKey?> AuthenticateAsync(HttpContext context)
    {
        if (!context.Request.Cookies.TryGetValue(CookieName, out var cookie) || cookie.Length > MaxCookie || !IsOurOwn(context.Request)
            || cookie.Split('.') is not [var name, var end, _] || !long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds <= clock.GetUtcNow().ToUnixTimeSeconds() || !Base64Url.IsValid(name))
        {
            return null;
        }

        var key = await keys.FindAsync(AccessKeys.Server, Encoding.UTF8.GetString(Base64Url.DecodeFromChars(name)));
        return key is { SessionSecret: not null } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Write(key, seconds)), Encoding.UTF8.GetBytes(cookie)) ? key : null;
    }

    /// <summary>
    /// Whether a page of this very origin sent the request: the browser says so, or the request has a header that pages of other origins may not send. Reading needs no more than that no
    /// other origin is named, because the cookie does not leave the site and other origins cannot see the answer.
    /// </summary>
    public static bool IsOurOwn(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" => true,
        "" => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey(OwnHeader),
        "none" => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method),
        _ => false,
    };

    private static string Write(AccessKey key, long end)
    {
        var secret = key.SessionSecret ?? throw new InvalidOperationException("The key has no secret for sessions.");
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key.AppId))}.{end.ToString(CultureInfo.InvariantCulture)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(signed)))}";
    }

    // Whoever ends https in front of this process is recognised by what the browser says of its page.
    private static CookieOptions Options(HttpContext context, DateTimeOffset? end) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps || context.Request.Headers.Origin.ToString().StartsWith("https://", StringComparison.OrdinalIgnoreCase),
        Path = "/",
        Expires = end,
    };
}
