using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Marketing.Http;

/// <summary>
/// What a path names, decoded once (RFC 3986, 2.4). The server leaves an encoded slash as it came and decodes everything else, so <c>a%2Fb</c> and
/// <c>a%252Fb</c> cannot be told apart afterwards, and it takes out segments that are dots, encoded or not. So the path is taken from what was sent:
/// routing sees each segment with its slashes and percent signs encoded, handlers see values in which nothing is.
/// </summary>
internal static class PathSegments
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Called before routing.</summary>
    public static IApplicationBuilder UsePathAsSent(this IApplicationBuilder app) => app.Use((HttpContext http, RequestDelegate next) =>
    {
        var sent = SentPath(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (sent.Contains('%') || sent.Contains("/.", StringComparison.Ordinal))
        {
            // Not by assigning the text, which is decoded on the way.
            http.Request.Path = new PathString(ForRouting(sent));
        }

        return next(http);
    });

    /// <summary>Called after routing.</summary>
    public static IApplicationBuilder UseDecodedRouteValues(this IApplicationBuilder app) => app.Use((HttpContext http, RequestDelegate next) =>
    {
        if (http.Request.Path.Value?.Contains('%', StringComparison.Ordinal) == true)
        {
            foreach (var (name, value) in http.Request.RouteValues.ToArray())
            {
                if (value is string text)
                {
                    http.Request.RouteValues[name] = text.Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
                }
            }
        }

        return next(http);
    });

    /// <summary>The path with each segment decoded, but for slashes and percent signs in it.</summary>
    /// <exception cref="RefusedException">It is not UTF-8 in percent-encoding. Nothing that can be stored is named so.</exception>
    internal static string ForRouting(ReadOnlySpan<char> sent)
    {
        var path = new StringBuilder(sent.Length + 8);
        foreach (var segment in sent[1..].Split('/'))
        {
            path.Append('/').Append(Decode(sent[1..][segment]).Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal));
        }

        return path.ToString();
    }

    // A target is a path with a query, or a whole address, which is how proxies are asked. Anything else names nothing here.
    private static ReadOnlySpan<char> SentPath(ReadOnlySpan<char> target)
    {
        if (target.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme && target[0] != '/')
        {
            var rest = target[(scheme + 3)..];
            target = rest.IndexOf('/') is >= 0 and var begin ? rest[begin..] : [];
        }

        var end = target.IndexOfAny('?', '#');
        return target is not ['/', ..] ? [] : end < 0 ? target : target[..end];
    }

    private static string Decode(ReadOnlySpan<char> segment)
    {
        var utf8 = new byte[segment.Length];
        var length = 0;
        for (var at = 0; at < segment.Length; at++)
        {
            var isEncoded = segment[at] == '%';
            if (isEncoded ? at + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[at + 1]) || !char.IsAsciiHexDigit(segment[at + 2]) : !char.IsAscii(segment[at]))
            {
                throw Malformed();
            }

            var octet = isEncoded ? Convert.FromHexString(segment.Slice(at + 1, 2))[0] : (byte)segment[at];
            utf8[length++] = octet != 0 ? octet : throw Malformed();
            at += isEncoded ? 2 : 0;
        }

        try
        {
            return Strict.GetString(utf8, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw Malformed();
        }
    }

    private static RefusedException Malformed() => new(ApiError.ForStatus(400) with { Details = "The path must be UTF-8 in percent-encoding, without NUL" });
}
