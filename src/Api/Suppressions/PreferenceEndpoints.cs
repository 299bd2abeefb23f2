using System.Text;
using Marketing.Http;

namespace Marketing.Suppressions;

/// <summary>The page on which who reads chooses what to be written about. It has the token of the unsubscribe link, works without scripts, and looking at it changes nothing.</summary>
internal static class PreferenceEndpoints
{
    private const string Channel = "channel";
    private const string Shown = "shown";
    private const string Wanted = "topic";

    public static void MapPreferences(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/p").ExcludeFromDescription();
        group.MapGet("/{token}", ShowAsync);
        group.MapPost("/{token}", ChooseAsync).DisableAntiforgery();
    }

    /// <summary>The page.</summary>
    internal static async Task<IResult> ShowAsync(string token, HttpContext http, ProjectCache projects, IGrainFactory grains)
    {
        var words = PageWords.Of(http.Request);
        return await RecipientLinks.ProjectOfAsync(token, projects) is { } project && await grains.Suppressions(project).PreferencesAsync(token) is { } preferences
            ? Page(words, preferences, isSaved: false)
            : RecipientLinks.Unknown(words);
    }

    /// <summary>Stores what was chosen.</summary>
    internal static async Task<IResult> ChooseAsync(string token, HttpContext http, ProjectCache projects, IGrainFactory grains)
    {
        var words = PageWords.Of(http.Request);
        if (await RecipientLinks.FormAsync(http) is not { } form || form[Shown].Count == 0)
        {
            return RecipientLinks.Page(400, words, words.Unchanged, RecipientLinks.Encode(words.UseButton), "");
        }

        var choice = new PreferenceChoice(form[Channel].Contains("on"), [.. form[Shown].OfType<string>()], [.. form[Wanted].OfType<string>()]);
        return await RecipientLinks.ProjectOfAsync(token, projects) is { } project && await grains.Suppressions(project).ChooseAsync(token, choice) is { } preferences
            ? Page(words, preferences, isSaved: true)
            : RecipientLinks.Unknown(words);
    }

    private static HtmlPage Page(PageWords words, Preferences preferences, bool isSaved)
    {
        var body = new StringBuilder();
        body.Append("<h1>").Append(RecipientLinks.Encode(words.Preferences)).Append("</h1>");
        if (isSaved)
        {
            body.Append("""<p role="status"><b>""").Append(RecipientLinks.Encode(words.Saved)).Append("</b></p>");
        }

        if (preferences.Brand is { } brand)
        {
            body.Append("<p>").Append(RecipientLinks.Say(words.OfBrand, brand)).Append("</p>");
        }

        body.Append("<p>").Append(RecipientLinks.Say(words.For, RecipientLinks.Masked(preferences.Address))).Append("</p>");
        if (preferences.IsLocked)
        {
            body.Append("<p>").Append(RecipientLinks.Encode(words.Locked)).Append("</p>");
        }

        // What was there to choose from is said, because what is not ticked is not sent.
        body.Append("""<form method="post"><input type="hidden" name="shown" value="">""");
        Box(body, Channel, "on", preferences.IsOn, preferences.IsLocked, preferences.Channel == "email" ? words.Emails : words.Texts, null);
        if (preferences.Topics.Count > 0)
        {
            body.Append("<fieldset><legend>").Append(RecipientLinks.Encode(words.Topics)).Append("</legend>");
            foreach (var topic in preferences.Topics)
            {
                body.Append($"""<input type="hidden" name="shown" value="{RecipientLinks.Encode(topic.Id)}">""");
                Box(body, Wanted, topic.Id, topic.IsOn, isLocked: false, topic.Name, topic.Description);
            }

            body.Append("</fieldset>");
        }

        body.Append("<button>").Append(RecipientLinks.Encode(words.Save)).Append("</button></form>");
        return RecipientLinks.Page(200, words, words.Preferences, body.ToString());
    }

    private static void Box(StringBuilder body, string name, string value, bool isOn, bool isLocked, string text, string? more)
    {
        var state = (isOn ? " checked" : "") + (isLocked ? " disabled" : "");
        body.Append($"""<label><input type="checkbox" name="{name}" value="{RecipientLinks.Encode(value)}"{state}> {RecipientLinks.Encode(text)}""");
        if (more is not null)
        {
            body.Append("<small>").Append(RecipientLinks.Encode(more)).Append("</small>");
        }

        body.Append("</label>");
    }
}
