using System.Text.Json;

namespace Marketing.Http;

internal readonly partial struct Payload
{
    public string? Text(string name, int maxLength) => Given(name, out var value) ? TextOf(value, $".{name}", maxLength) : null;

    public string RequiredText(string name, int maxLength)
    {
        var text = Text(name, maxLength) ?? throw Missing(name);
        return text.Length > 0 ? text : throw Refuse($".{name}", "must NOT have fewer than 1 characters");
    }

    /// <summary>A text on one line: what ends up in headers, keys and addresses.</summary>
    public string? Line(string name, int maxLength)
    {
        var text = Text(name, maxLength);
        return text is null || !text.AsSpan().ContainsAny(Controls) ? text : throw Refuse($".{name}", "must NOT contain control characters");
    }

    /// <summary>An id of the caller's: one line, not empty.</summary>
    public string? Identifier(string name)
    {
        var text = Line(name, TextLimits.Id);
        return text is not "" ? text : throw Refuse($".{name}", "must NOT have fewer than 1 characters");
    }

    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        var text = Text(name, TextLimits.Name);
        if (text is null || allowed.Contains(text))
        {
            return text;
        }

        throw Refuse($".{name}", $"must be equal to one of the allowed values: {string.Join(", ", allowed!)}");
    }

    /// <summary>An array of texts.</summary>
    public List<string>? Texts(string name, int maxCount, int maxLength)
    {
        if (List(name, maxCount) is not { } items)
        {
            return null;
        }

        var texts = new List<string>(items.Count);
        foreach (var item in items)
        {
            texts.Add(item.TextHere(maxLength));
        }

        return texts;
    }

    /// <summary>This value, which must be a text.</summary>
    public string TextHere(int maxLength) => TextOf(Element, "", maxLength);

    private string TextOf(JsonElement value, string suffix, int maxLength)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Refuse(suffix, "must be string");
        }

        var text = value.GetString()!;
        return text.Length <= maxLength ? text : throw Refuse(suffix, $"must NOT have more than {maxLength} characters");
    }

    private static readonly System.Buffers.SearchValues<char> Controls =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '\u007f', '\u0085', '\u2028', '\u2029']);
}
