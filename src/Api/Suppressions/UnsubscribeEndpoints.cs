using System.Globalization;
using System.Text.Encodings.Web;
using Marketing.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Marketing.Suppressions;

/// <summary>
/// Where the unsubscribe link of a message leads. The token in the link is the only credential. Looking changes nothing, because mail
/// filters open links; only the form, or the one-click request of a mail program (RFC 8058), acts.
/// </summary>
internal static class UnsubscribeEndpoints
{
    private const int MaxToken = 1_024;
    private const int MaxForm = 4_096;

    private static readonly FormOptions FormLimits = new()
    {
        ValueCountLimit = 16,
        ValueLengthLimit = MaxForm,
        MultipartBodyLengthLimit = MaxForm,
    };

    public static void MapUnsubscribe(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/u").ExcludeFromDescription();
        group.MapGet("/{token}", ShowAsync);
        group.MapPost("/{token}", ActAsync).DisableAntiforgery();
    }

    /// <summary>The page with the button.</summary>
    internal static async Task<IResult> ShowAsync(string token, ProjectCache projects, IGrainFactory grains) =>
        await ReadAsync(token, projects, grains) is { } target
            ? Page(200, $"""
                <h1>Unsubscribe</h1><p>Stop messages to <b>{Encode(Masked(target.Address))}</b>?</p>
                <form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>Unsubscribe</button></form>
                """)
            : Unknown();

    /// <summary>Adds the address behind the token to the suppressions.</summary>
    internal static async Task<IResult> ActAsync(string token, HttpContext http, ProjectCache projects, IGrainFactory grains)
    {
        if (!await IsOneClickAsync(http))
        {
            return Page(400, "<h1>Nothing was changed</h1><p>Please use the button on the page behind the link.</p>");
        }

        if (await ReadAsync(token, projects, grains) is not { } target)
        {
            return Unknown();
        }

        await grains.Suppressions(target.Project).AddAsync(target.Channel, target.Address, "unsubscribed");
        return Page(200, $"<h1>You are unsubscribed</h1><p>No more messages go to <b>{Encode(Masked(target.Address))}</b>.</p>");
    }

    private static async ValueTask<UnsubscribeTarget?> ReadAsync(string token, ProjectCache projects, IGrainFactory grains)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (token.Length > MaxToken || dot <= 0 ||
            !int.TryParse(token.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ||
            !await projects.AnyAsync(project => project.Number == number))
        {
            return null;
        }

        // The token says the project twice, in clear and signed; a mismatch would let one project's link reach into another.
        var target = await grains.Suppressions(number).ReadTokenAsync(token);
        return target?.Project == number ? target : null;
    }

    private static async Task<bool> IsOneClickAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength > MaxForm)
        {
            return false;
        }

        try
        {
            var form = await http.Request.ReadFormAsync(FormLimits, http.RequestAborted);
            return string.Equals(form["List-Unsubscribe"], "One-Click", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return false;
        }
    }

    private static HtmlPage Unknown() => Page(404, "<h1>This link is not valid</h1><p>Perhaps it was cut off on the way.</p>");

    private static HtmlPage Page(int status, string body) => new(status, body);

    // Whoever finds a forwarded message learns as little as possible from the page.
    private static string Masked(string address)
    {
        var at = address.LastIndexOf('@');
        var first = StringInfo.GetNextTextElement(address);
        return at > 0 ? $"{first}…{address[at..]}" : $"{first}…";
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
