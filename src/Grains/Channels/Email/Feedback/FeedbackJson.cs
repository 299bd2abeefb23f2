using System.Text.Json;
using System.Text.RegularExpressions;

namespace Marketing.Channels.Email.Feedback;

/// <summary>Reads what services tell, who may leave anything out.</summary>
internal static partial class FeedbackJson
{
    /// <summary>Under which our id travels where a service carries names along.</summary>
    public const string MessageId = "message_id";

    /// <summary>A text of an object; null where there is none.</summary>
    public static string? Text(this JsonElement of, string name) => of.Find(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>Part of an object; null where there is none.</summary>
    public static JsonElement? Find(this JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : null;

    /// <summary>The objects in a list; none where there is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement? of) => of is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Our message in a Message-ID, as <c>&lt;msg_…@shop.example&gt;</c>, or in a name that travelled along; null where it is none of ours.</summary>
    public static string? OurMessage(string? id)
    {
        var text = (id ?? "").AsSpan().Trim().Trim("<>");
        var end = text.IndexOfAny('@', '-');
        var local = end < 0 ? text : text[..end];
        return Ours().IsMatch(local) ? local.ToString() : null;
    }

    [GeneratedRegex(@"^msg_[0-9a-f]{24}\z")]
    private static partial Regex Ours();
}
