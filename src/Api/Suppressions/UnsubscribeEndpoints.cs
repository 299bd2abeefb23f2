using Marketing.Http;
using Marketing.Topics;

namespace Marketing.Suppressions;

/// <summary>
/// Where the unsubscribe link of a message leads. Looking changes nothing, because mail filters open links; only the form, or the one-click request of a mail program (RFC 8058), acts. A message about a
/// topic unsubscribes from that.
/// </summary>
internal static class UnsubscribeEndpoints
{
    public static void MapUnsubscribe(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/u").ExcludeFromDescription();
        group.MapGet("/{token}", ShowAsync);
        group.MapPost("/{token}", ActAsync).DisableAntiforgery();
    }

    /// <summary>The page with the button.</summary>
    internal static async Task<IResult> ShowAsync(string token, HttpContext http, ProjectCache projects, IGrainFactory grains)
    {
        var words = PageWords.Of(http.Request);
        if (await ReadAsync(token, projects, grains) is not var (target, topic))
        {
            return RecipientLinks.Unknown(words);
        }

        var masked = RecipientLinks.Masked(target.Address);
        return RecipientLinks.Page(
            200, words, words.Unsubscribe, topic is null ? RecipientLinks.Say(words.Stop, masked) : RecipientLinks.Say(words.StopTopic, topic, masked),
            $"""
            <form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>{RecipientLinks.Encode(words.Unsubscribe)}</button></form>
            {Choose(token, words)}
            """);
    }

    /// <summary>Adds the address behind the token to the suppressions.</summary>
    internal static async Task<IResult> ActAsync(string token, HttpContext http, ProjectCache projects, IGrainFactory grains)
    {
        var words = PageWords.Of(http.Request);
        if (!string.Equals((await RecipientLinks.FormAsync(http))?["List-Unsubscribe"], "One-Click", StringComparison.OrdinalIgnoreCase))
        {
            return RecipientLinks.Page(400, words, words.Unchanged, RecipientLinks.Encode(words.UseButton), "");
        }

        if (await ReadAsync(token, projects, grains) is not var (target, topic))
        {
            return RecipientLinks.Unknown(words);
        }

        await grains.Suppressions(target.Project).AddAsync(target.Channel, target.Address, SuppressionReasons.Unsubscribed, topic is null ? null : target.Topic);
        var masked = RecipientLinks.Masked(target.Address);
        return RecipientLinks.Page(
            200, words, words.Unsubscribed, topic is null ? RecipientLinks.Say(words.NoMore, masked) : RecipientLinks.Say(words.NoMoreTopic, topic, masked), Choose(token, words));
    }

    private static string Choose(string token, PageWords words) => $"""<p><a href="../p/{RecipientLinks.Encode(Uri.EscapeDataString(token))}">{RecipientLinks.Encode(words.Choose)}</a></p>""";

    private static async ValueTask<(UnsubscribeTarget Target, string? Topic)?> ReadAsync(string token, ProjectCache projects, IGrainFactory grains)
    {
        // The token says the project twice, in clear and signed; a mismatch would let one project's link reach into another.
        if (await RecipientLinks.ProjectOfAsync(token, projects) is not { } number || await grains.Suppressions(number).ReadTokenAsync(token) is not { } target || target.Project != number)
        {
            return null;
        }

        return (target, target.Topic is null ? null : (await grains.Topics(number).FindAsync(target.Topic))?.Name);
    }
}
