using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Marketing.Templates;

namespace Marketing.Channels.Email;

/// <summary>HTML whose links lead by way of the engine, and that shows a picture nobody sees. Pure.</summary>
internal static partial class TrackedHtml
{
    /// <param name="html">Rendered HTML.</param>
    /// <param name="by">What takes the place of an address; null to leave links as they are.</param>
    /// <param name="except">The address that stays as it is: unsubscribing is nobody's business.</param>
    /// <param name="picture">Address of the picture; null for none.</param>
    public static string Of(string html, Func<string, string>? by, string? except, string? picture)
    {
        html = by is null ? html : Redirected(html, by, except);

        if (picture is null)
        {
            return html;
        }

        var image = $"<img src=\"{Markup.Escape(picture)}\" alt=\"\" width=\"1\" height=\"1\" style=\"display:block;border:0;width:1px;height:1px;\">";
        var end = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return new StringBuilder(html, html.Length + image.Length).Insert(end < 0 ? html.Length : end, image).ToString();
    }

    private static string Redirected(string html, Func<string, string> by, string? except)
    {
        try
        {
            return Link().Replace(html, link =>
            {
                var url = WebUtility.HtmlDecode(link.Groups["url"].Value).Trim();
                return url == except || !Uri.TryCreate(url, UriKind.Absolute, out _) ? link.Value : $"{link.Groups["before"].Value}{Markup.Escape(by(url))}{link.Groups["quote"].Value}";
            });
        }
        catch (RegexMatchTimeoutException)
        {
            // No markup that anybody reads: it goes out as it is.
            return html;
        }
    }

    // Only what begins with http: what else there is leads to no page.
    [GeneratedRegex("""(?<before><a\s(?:[^<>"']|"[^"]*"|'[^']*')*?\bhref\s*=\s*(?<quote>["']))(?<url>\s*https?://[^"'<>]*)\k<quote>""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Link();
}
