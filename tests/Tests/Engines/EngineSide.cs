using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketing.Testing;

namespace Marketing.Engines;

/// <summary>One of the engines, and what it has answered. Ids are told by the order in which they were seen, so that those of two engines can be compared.</summary>
internal sealed partial class EngineSide(HttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Open = ["queued", "retrying", "sending"];

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _settling = new(StringComparer.Ordinal);

    /// <summary>Makes a call; what it answered, ids and instants apart.</summary>
    public async Task<string> AskAsync(EngineCall call)
    {
        var answers = new StringBuilder();
        var path = call.Path;
        for (var page = 1; page <= (call.Pages?.Most ?? 1); page++)
        {
            var (status, text) = await SendAsync(call with { Path = path });
            var told = Told(text);
            answers.Append(CultureInfo.InvariantCulture, $"{status} {(call.Method == "GET" ? told : Begun().Replace(told, "<begun>"))}\n");
            if (status != 200 || text.Length == 0)
            {
                break;
            }

            using var body = JsonDocument.Parse(text);
            Remember(call, body.RootElement);
            if (call.Pages is not { } pages || Next(body.RootElement, pages.Parameter, page) is not { } next)
            {
                break;
            }

            path = $"{call.Path}&{pages.Parameter}={next}";
        }

        if (call.Method != "GET")
        {
            await SettleAsync();
        }

        return answers.ToString();
    }

    // Until whatever the call has set off has happened: segments know their members, and no message is on its way.
    private async Task SettleAsync()
    {
        foreach (var path in _settling.ToArray())
        {
            await Wait.UntilAsync(async () => HasSettled(await SendAsync(EngineCall.Get(path))), Patience, () => $"{path} does not settle");
        }
    }

    private static bool HasSettled((int Status, string Text) answer)
    {
        if (answer.Status != 200)
        {
            return true;
        }

        using var document = JsonDocument.Parse(answer.Text);
        var body = document.RootElement;
        return body.TryGetProperty("initial_sync_status", out var sync)
            ? sync.ValueEquals("DONE")
            : body.GetProperty("status").GetString() is "draft" or "paused" or "stopped"
                || (body.GetProperty("status").GetString() is not ("scheduled" or "waiting_for_segment" or "sending")
                    && Open.All(state => body.GetProperty("messages").GetProperty(state).GetInt64() == 0));
    }

    private void Remember(EngineCall call, JsonElement body)
    {
        if (call.Name is null || !body.TryGetProperty("id", out var id))
        {
            return;
        }

        _known[$"{call.Name}.id"] = id.GetString()!;
        _known[$"{call.Name}.created_at"] = body.GetProperty("created_at").GetString()!;
        if (call.Path is "/v1/segments" or "/v1/distributions")
        {
            _settling.Add($"{call.Path}/{id.GetString()}");
        }
    }

    private static string? Next(JsonElement body, string parameter, int page) => parameter == "page"
        ? body.GetProperty("has_more").GetBoolean() ? (page + 1).ToString(CultureInfo.InvariantCulture) : null
        : body.TryGetProperty("more_starting_after", out var after) ? after.GetString() : null;

    private async Task<(int Status, string Text)> SendAsync(EngineCall call)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), Filled(call.Path));
        if (call.Body is not null)
        {
            request.Content = new StringContent(Filled(call.Body), Encoding.UTF8, "application/json");
        }

        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private string Filled(string text) => Place().Replace(text, place => _known.GetValueOrDefault(place.Groups[1].Value, "unknown"));

    private string Told(string text) => Told(Request().Replace(Instant().Replace(text, "\"<instant>\""), ""), Id());

    private string Told(string text, Regex ids) => ids.Replace(text, id =>
    {
        if (!_ids.TryGetValue(id.Value, out var place))
        {
            _ids[id.Value] = place = _ids.Count;
        }

        return string.Create(CultureInfo.InvariantCulture, $"<{id.Groups[1].Value} {place}>");
    });

    // How far a segment is that the call has just set off.
    [GeneratedRegex("""
        "updated_at":[^,]*(?=,.*"initial_sync_status":"IN_PROGRESS")|(?<="initial_sync_status":"IN_PROGRESS",)"progress":\d+,"count":\d+
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Begun();

    [GeneratedRegex(@"\{([a-z]+[- ][0-9]+\.[a-z_]+)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(?:([a-z]+)[_-][0-9A-Za-z]{18,}|[a-z]?[0-9a-f]{28,})\b")]
    private static partial Regex Id();

    [GeneratedRegex("""
        "\d{4}-\d\d-\d\dT[0-9:.]+Z"
        """)]
    private static partial Regex Instant();

    [GeneratedRegex("""
        "(request_id|cockpit_url|cockpit_preference_center_url)":"[^"]*",?
        """)]
    private static partial Regex Request();
}
