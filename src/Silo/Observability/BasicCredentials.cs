using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Marketing.Observability;

/// <summary>HTTP Basic authentication, which browsers and scrapers speak by themselves.</summary>
internal static class BasicCredentials
{
    private const string Scheme = "Basic";

    public static string Challenge(string realm) => $"{Scheme} realm=\"{realm}\", charset=\"UTF-8\"";

    /// <summary>The user and password that came along, or null when there are none or they make no sense.</summary>
    public static (string User, string Password)? Read(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) ||
            !Scheme.Equals(header.Scheme, StringComparison.OrdinalIgnoreCase) || header.Parameter is not { } encoded)
        {
            return null;
        }

        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }
}
