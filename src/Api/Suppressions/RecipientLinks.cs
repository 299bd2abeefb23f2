using System.Globalization;
using System.Text.Encodings.Web;
using Marketing.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Marketing.Suppressions;

/// <summary>What the pages behind links of messages have in common. The token in the link is the only credential.</summary>
internal static class RecipientLinks
{
    private const int MaxToken = 1_024;
    private const int MaxForm = 16 * 1024;

    private static readonly FormOptions FormLimits = new()
    {
        ValueCountLimit = 256,
        ValueLengthLimit = MaxForm,
        MultipartBodyLengthLimit = MaxForm,
    };

    /// <summary>The number of the project that a token says it is of; null where there is none.</summary>
    public static async ValueTask<int?> ProjectOfAsync(string token, ProjectCache projects)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        return token.Length <= MaxToken && dot > 0 && int.TryParse(token.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && await projects.AnyAsync(project => project.Number == number) ? number : null;
    }

    /// <summary>The form of a request; null where it has none that can be read.</summary>
    public static async Task<IFormCollection?> FormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength > MaxForm)
        {
            return null;
        }

        try
        {
            return await http.Request.ReadFormAsync(FormLimits, http.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return null;
        }
    }

    public static HtmlPage Page(int status, PageWords words, string title, string body) => new(status, words, title, body);

    /// <summary>A heading and a sentence.</summary>
    public static HtmlPage Page(int status, PageWords words, string title, string sentence, string rest) => new(status, words, title, $"<h1>{Encode(title)}</h1><p>{sentence}</p>{rest}");

    public static HtmlPage Unknown(PageWords words) => Page(404, words, words.Invalid, Encode(words.CutOff), "");

    /// <summary>A sentence with what is its own in bold.</summary>
    public static string Say(string sentence, params ReadOnlySpan<string> gaps)
    {
        var said = Encode(sentence);
        for (var at = 0; at < gaps.Length; at++)
        {
            said = said.Replace($"{{{at}}}", $"<b>{Encode(gaps[at])}</b>", StringComparison.Ordinal);
        }

        return said;
    }

    /// <summary>Whoever finds a forwarded message learns as little as possible from the page.</summary>
    public static string Masked(string address)
    {
        var at = address.LastIndexOf('@');
        var first = StringInfo.GetNextTextElement(address);
        return at > 0 ? $"{first}…{address[at..]}" : $"{first}…";
    }

    public static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
